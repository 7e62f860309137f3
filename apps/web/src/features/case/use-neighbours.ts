'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { caseUrl } from '../shared/index.ts';
import { useWorklistView } from '../shell/index.ts';

/** The cases before and after this one in the worklist as it was left, and the way there. */
export function useNeighbours(caseId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { filter } = useWorklistView();
  const [moving, startMoving] = useTransition();
  // Asked once a visit: reading the case must not change where "next" leads.
  const query = trpc.cases.neighbours.queryOptions(
    { caseId, filter },
    { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  const { data } = useQuery(query);
  const go = (side: 'previous' | 'next') => {
    // A key held down moves one case at a time.
    if (moving) return;
    startMoving(async () => {
      // A key pressed before the answer is there waits for it instead of being lost.
      const to = (await queryClient.ensureQueryData(query))[side];
      if (to) startMoving(() => router.push(caseUrl(to)));
    });
  };
  return {
    moving,
    previous: data?.previous,
    next: data?.next,
    toPrevious: () => go('previous'),
    toNext: () => go('next'),
  };
}
