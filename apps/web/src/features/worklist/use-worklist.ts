'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import type { RouterOutputs } from '../../trpc/types.ts';
import type { WorklistFilter } from '../shell/index.ts';

export type WorklistRow = RouterOutputs['cases']['worklist']['rows'][number];
export type WorklistCounts = RouterOutputs['cases']['counts'];

const PAGE = 60;

/** The worklist under a filter; what was shown stays until the new answer is there. */
export function useWorklist(filter: WorklistFilter) {
  const trpc = useTRPC();
  // Typing must never wait for the list.
  const asked = useDeferredValue(filter);
  const list = useInfiniteQuery(
    trpc.cases.worklist.infiniteQueryOptions(
      { ...asked, limit: PAGE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData, staleTime: 5_000 },
    ),
  );
  const counts = useQuery(
    trpc.cases.counts.queryOptions(
      {
        ...(asked.stage ? { stage: asked.stage } : {}),
        ...(asked.finding ? { finding: asked.finding } : {}),
        ...(asked.adjudication ? { adjudication: asked.adjudication } : {}),
        ...(asked.signOff ? { signOff: asked.signOff } : {}),
        ...(asked.search ? { search: asked.search } : {}),
      },
      { placeholderData: keepPreviousData, staleTime: 5_000 },
    ),
  );
  return { list, rows: list.data?.pages.flatMap((page) => page.rows) ?? [], counts: counts.data };
}
