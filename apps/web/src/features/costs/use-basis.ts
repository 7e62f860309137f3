'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../trpc/client.tsx';
import type { CostVersion } from './types.ts';

/** What a version rests on; null: drawn up by hand. */
export function useBasis({ id }: CostVersion) {
  const trpc = useTRPC();
  return useQuery(trpc.costs.basis.queryOptions({ id }));
}
