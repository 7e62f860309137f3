'use client';

import { Button, PageHeader, TabPanel, Tabs, useShortcuts } from '@blastwise/ui';
import { useRef } from 'react';
import { LoadError, statusWord } from '../shared/index.ts';
import { useWorklistView } from '../shell/index.ts';
import { EmptyWorklist } from './empty-worklist.tsx';
import { useWorklist } from './use-worklist.ts';
import { WorklistControls } from './worklist-controls.tsx';
import { WorklistSkeleton, WorklistTable } from './worklist-table.tsx';

const FILTERS = ['all', 'queued', 'analysed', 'deferred', 'corrected', 'failed'] as const;
type Filter = (typeof FILTERS)[number];

/** Every case that waits or was read: live, filtered, sorted, and walked through by keyboard. */
export function Worklist() {
  const { filter, setFilter } = useWorklistView();
  const { list, rows, counts } = useWorklist(filter);
  const search = useRef<HTMLInputElement>(null);
  const value: Filter = filter.status ?? 'all';
  const show = (next: Filter) => {
    const { status: _, ...rest } = filter;
    setFilter(next === 'all' ? rest : { ...rest, status: next });
  };
  const step = (by: number) => {
    const next = FILTERS[(FILTERS.indexOf(value) + by + FILTERS.length) % FILTERS.length];
    if (next) show(next);
  };
  useShortcuts({ '/': () => search.current?.focus(), '[': () => step(-1), ']': () => step(1) });

  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Worklist">
        <WorklistControls searchRef={search} filter={filter} onChange={setFilter} />
      </PageHeader>
      <Tabs
        label="Cases by state"
        value={value}
        onChange={show}
        tabs={FILTERS.map((f) => ({
          value: f,
          label: f === 'all' ? 'All' : statusWord(f),
          count: counts?.[f] ?? 0,
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
