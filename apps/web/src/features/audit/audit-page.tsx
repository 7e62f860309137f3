'use client';

import { Button, EmptyState, PageHeader, ScrollRegion, Skeleton, Table, Td, Th } from '@blastwise/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import type { RouterOutputs } from '../../trpc/types.ts';
import { LoadError, Moment, utcTime } from '../shared/index.ts';
import { AuditFilterBar } from './audit-filter.tsx';
import { NO_FILTER, toQuery } from './filter.ts';
import { VerifyTrail } from './verify-trail.tsx';

type AuditEvent = RouterOutputs['audit']['list']['events'][number];

/** Who did what and when; append-only, chained and signed. */
export function AuditPage() {
  const trpc = useTRPC();
  const [filter, setFilter] = useState(NO_FILTER);
  const asked = useDeferredValue(filter);
  const list = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { limit: 100, ...toQuery(asked) },
      {
        getNextPageParam: (page) => page.nextCursor?.toString(),
        placeholderData: keepPreviousData,
        staleTime: 0,
      },
    ),
  );
  const events = list.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Audit trail">
        <AuditFilterBar filter={filter} onChange={setFilter} />
        <span className="flex-1" />
        <VerifyTrail />
      </PageHeader>
      <ScrollRegion label="Events" className="flex-1">
        {list.isError && events.length === 0 ? (
          <LoadError error={list.error} onRetry={() => list.refetch()} />
        ) : (
          <>
            <AuditTable events={events} loading={list.isPending} />
            {!list.isPending && events.length === 0 ? (
              <EmptyState icon={<ScrollText />} title="Nothing matches">
                An action is matched from its beginning: <code className="font-mono">costs</code> finds every
                change of costs.
              </EmptyState>
            ) : null}
            {list.hasNextPage ? (
              <div className="flex justify-center py-4">
                <Button disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                  {list.isFetchingNextPage ? 'Loading…' : 'Show older'}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </ScrollRegion>
    </div>
  );
}

const PLACES = Array.from({ length: 16 }, (_, i) => `row-${i}`);

function AuditTable({ events, loading }: { events: readonly AuditEvent[]; loading: boolean }) {
  return (
    <Table aria-label="Audit events" aria-busy={loading}>
      <thead className="sticky top-0 bg-bg">
        <tr>
          <Th numeric className="w-20 pl-5">
            Seal
          </Th>
          <Th className="w-44">Time</Th>
          <Th className="w-52">Who</Th>
          <Th className="w-48">Action</Th>
          <Th className="w-48">On</Th>
          <Th>Fields and reason</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id} className="hover:bg-hover">
            <Td numeric className="h-9 py-1 pl-5 font-mono text-xs text-ink-3">
              {event.seq ?? <span title="Sealed within a second">open</span>}
            </Td>
            <Td className="py-1 whitespace-nowrap text-ink-2">
              <Moment at={event.at} as="exact" className="block" />
              <span className="tabular block text-2xs text-ink-3">{utcTime(event.at)}</span>
            </Td>
            <Td className="py-1">
              {event.actor?.name ?? <span className="text-ink-3">{event.actorRole}</span>}
              {event.actor ? <span className="ml-1.5 text-xs text-ink-3">{event.actorRole}</span> : null}
            </Td>
            <Td className="py-1 font-mono text-xs">{event.action}</Td>
            <Td className="py-1 text-xs text-ink-2">
              {event.subjectKind}{' '}
              {event.subjectId ? (
                <span className="font-mono text-ink-3" title={event.subjectId}>
                  {event.subjectId.slice(-8)}
                </span>
              ) : null}
            </Td>
            <Td className="py-1 pr-5 text-xs wrap-anywhere text-ink-2">
              {event.fields.join(', ')}
              {event.fields.length > 0 && event.reason ? ' · ' : null}
              {event.reason}
            </Td>
          </tr>
        ))}
        {loading
          ? PLACES.map((place) => (
              <tr key={place}>
                <Td className="h-9 py-1 pl-5" colSpan={6}>
                  <Skeleton className="h-3.5 w-3/4" />
                </Td>
              </tr>
            ))
          : null}
      </tbody>
    </Table>
  );
}
