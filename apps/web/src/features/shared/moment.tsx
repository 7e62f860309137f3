'use client';

import { useSyncExternalStore } from 'react';
import { age, dateTime, exactTime } from './time.ts';

let now = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the page, ticking every half minute while anything shows an age. */
function subscribe(listener: () => void): () => void {
  now = Date.now();
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A point in time, in the reader's own time zone; `as="age"` counts from now, `exact` says the second. */
export function Moment(props: { at: string; as?: 'age' | 'date' | 'exact'; className?: string }) {
  const clock = useSyncExternalStore(
    subscribe,
    () => now,
    () => 0,
  );
  const text =
    props.as === 'age'
      ? clock === 0
        ? ''
        : age(props.at, clock)
      : props.as === 'exact'
        ? exactTime(props.at)
        : dateTime(props.at);
  return (
    <time
      dateTime={props.at}
      title={exactTime(props.at)}
      className={props.className}
      // The server's time zone need not be the reader's.
      suppressHydrationWarning
    >
      {text}
    </time>
  );
}
