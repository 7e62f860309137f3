'use client';

import { useEffect, useEffectEvent } from 'react';
import { onlyDisputed, useWorklistView } from '../shell/index.ts';
import { Worklist } from './worklist.tsx';

/** The worklist as a senior is sent to it: only what is disputed, whichever way one came. */
export function ToDecide() {
  const { filter, setFilter } = useWorklistView();
  const narrow = useEffectEvent(() => setFilter(onlyDisputed(filter)));
  useEffect(() => narrow(), []);
  return <Worklist />;
}
