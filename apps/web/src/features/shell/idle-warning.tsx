'use client';

import { useEffect, useState } from 'react';
import { lastSignAt } from '../../trpc/presence.ts';
import { useProfile } from '../shared/index.ts';
import { minutesLeft } from './minutes-left.ts';

/** Warns of being signed out before it happens. Whatever is done then keeps the session, through the status bar's next call. */
export function IdleWarning() {
  const { idleMinutes } = useProfile();
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const look = () => setLeft(minutesLeft(lastSignAt(), Date.now(), idleMinutes));
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, [idleMinutes]);
  if (left === null) return null;
  return (
    <p
      role="alert"
      className="animate-rise fixed inset-x-0 top-3 z-60 mx-auto w-fit max-w-[calc(100vw-2rem)] rounded-lg border border-warn bg-surface px-4 py-2.5 text-sm shadow-float"
    >
      You are signed out in {left} {left === 1 ? 'minute' : 'minutes'}. Any key or movement keeps you signed
      in.
    </p>
  );
}
