'use client';

import type { ReactNode } from 'react';
import { useIsHeard } from '../keyboard/character-keys.ts';

/** One key of a shortcut. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-b-2 border-rule-strong bg-surface px-1 font-mono text-2xs leading-none text-ink-2">
      {children}
    </kbd>
  );
}

/** A shortcut such as `g w`: keys pressed one after the other. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-0.5">
      {keys.split(' ').map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}

/** The keys of something shown, as long as the page listens to them. */
export function KeyHint({ keys }: { keys: string }) {
  return useIsHeard(keys) ? <Keys keys={keys} /> : null;
}
