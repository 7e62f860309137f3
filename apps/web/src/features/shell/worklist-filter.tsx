'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { RouterInputs } from '../../trpc/types.ts';

export type WorklistFilter = Required<Pick<RouterInputs['cases']['worklist'], 'sort'>> &
  Pick<
    RouterInputs['cases']['worklist'],
    'status' | 'stage' | 'search' | 'finding' | 'adjudication' | 'signOff'
  >;

/** What waits for a senior, and nothing that hides some of it. */
export const onlyDisputed = ({ sort }: WorklistFilter): WorklistFilter => ({
  sort,
  adjudication: 'disputed',
});

/** As it was left, without the limits of `onlyDisputed`. */
export function everything({ adjudication, ...rest }: WorklistFilter): WorklistFilter {
  return adjudication === 'open' ? { ...rest, adjudication } : rest;
}

interface WorklistView {
  filter: WorklistFilter;
  setFilter: (filter: WorklistFilter) => void;
  /** The case last opened or selected: where the list takes up again. */
  current: string | null;
  setCurrent: (caseId: string | null) => void;
}

const WorklistViewContext = createContext<WorklistView | null>(null);

/** Filter and place in the worklist, kept while one works. In memory only: the search may name a patient. */
export function WorklistFilterProvider({ children }: { children: ReactNode }) {
  const [filter, setFilter] = useState<WorklistFilter>({ sort: 'newest' });
  const [current, setCurrent] = useState<string | null>(null);
  const view = useMemo(() => ({ filter, setFilter, current, setCurrent }), [filter, current]);
  return <WorklistViewContext value={view}>{children}</WorklistViewContext>;
}

export function useWorklistView(): WorklistView {
  const view = useContext(WorklistViewContext);
  if (!view) throw new Error('useWorklistView stands outside the portal.');
  return view;
}
