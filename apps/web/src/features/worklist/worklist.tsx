'use client';

import { Button, PageHeader, TabPanel, Tabs, useShortcuts } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError, statusWord, type WorkStatus } from '../shared/index.ts';
import { mayDecide, useProfile, useWorklistView } from '../shell/index.ts';
import { EmptyWorklist } from './empty-worklist.tsx';
import { useWorklist } from './use-worklist.ts';
import { WorklistControls } from './worklist-controls.tsx';
import { WorklistSkeleton, WorklistTable } from './worklist-table.tsx';

type Filter = 'all' | WorkStatus;
const FILTERS: readonly Filter[] = ['all', 'queued', 'analysed', 'deferred', 'corrected', 'failed'];
/** With the AI off all that can be told is who has read what. */
const FILTERS_WITHOUT_AI: readonly Filter[] = ['all', 'unread', 'corrected'];

/** Every case that waits or was read: live, filtered, sorted, and walked through by keyboard. */
export function Worklist() {
  const { filter, setFilter } = useWorklistView();
  const deciding = mayDecide(useProfile()) && filter.adjudication === 'disputed';
  const search = useRef<HTMLInputElement>(null);
  const trpc = useTRPC();
  const aiEnabled = useQuery(trpc.settings.get.queryOptions()).data?.aiEnabled ?? true;
  const filters = aiEnabled ? FILTERS : FILTERS_WITHOUT_AI;
  const wanted: Filter = filter.status ?? 'all';
  // A state chosen before the AI was switched is not there any more.
  const value = filters.includes(wanted) ? wanted : 'all';
  const { status: _, ...rest } = filter;
  const { list, rows, counts } = useWorklist(value === wanted ? filter : rest);
  const shown = counts?.[value];
  const show = (next: Filter) => {
    setFilter(next === 'all' ? rest : { ...rest, status: next });
  };
  const step = (by: number) => {
    const next = filters[(filters.indexOf(value) + by + filters.length) % filters.length];
    if (next) show(next);
  };
  useShortcuts({ '/': () => search.current?.focus(), '[': () => step(-1), ']': () => step(1) });

  return (
    <div className="relative flex h-full flex-col">
      <p role="status" className="sr-only">
        {shown === undefined ? null : `${shown} ${shown === 1 ? 'case' : 'cases'}`}
      </p>
      <PageHeader title={deciding ? 'To decide' : 'Worklist'}>
        <WorklistControls searchRef={search} filter={filter} aiEnabled={aiEnabled} onChange={setFilter} />
      </PageHeader>
      <Tabs
        label="Cases by state"
        value={value}
        onChange={show}
        tabs={filters.map((f) => ({
          value: f,
          label: f === 'all' ? 'All' : statusWord(f),
          count: counts?.[f] ?? null,
        }))}
        className="flex min-h-0 flex-1 flex-col [&>[role=tablist]]:border-b [&>[role=tablist]]:border-rule [&>[role=tablist]]:px-5"
      >
        <TabPanel value={value} className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
          {list.isError && rows.length === 0 ? (
            <LoadError error={list.error} onRetry={() => list.refetch()} />
          ) : list.isPending ? (
            <WorklistSkeleton />
          ) : rows.length === 0 ? (
            <EmptyWorklist
              filter={filter}
              total={counts?.all ?? 0}
              onClear={() => setFilter({ sort: filter.sort })}
            />
          ) : (
            <>
              <WorklistTable rows={rows} />
              {list.hasNextPage ? (
                <div className="flex justify-center py-4">
                  <Button disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                    {list.isFetchingNextPage ? 'Loading…' : 'Show more'}
                  </Button>
                </div>
              ) : null}
            </>
          )}
        </TabPanel>
      </Tabs>
    </div>
  );
}
