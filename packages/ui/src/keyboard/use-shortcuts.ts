'use client';

import { useEffect, useEffectEvent } from 'react';
import { heardOf } from './character-keys.ts';
import { belongsToControl } from './control.ts';
import { createMatcher } from './matcher.ts';

/** What to do for each shortcut; keys as `KeyboardEvent.key`, sequences parted by a space ("g w"). */
export type Shortcuts = Readonly<Record<string, () => void>>;

// One listener and one matcher for the page: a pending "g" must be known to every part that listens.
const parts = new Set<() => Shortcuts>();
const match = createMatcher();

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || belongsToControl(event.target, event.key)) return;
  const all: Shortcuts = Object.assign({}, ...[...parts].map((part) => part()));
  const press = { key: event.key, ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey };
  const shortcut = match(press, heardOf(Object.keys(all)), event.timeStamp);
  if (shortcut === null) return;
  event.preventDefault();
  all[shortcut]?.();
}

/** Listens for shortcuts on the whole page, to those that are switched on; never takes a key from an input, an open dialog or a menu. */
export function useShortcuts(shortcuts: Shortcuts, enabled = true): void {
  const current = useEffectEvent(() => shortcuts);
  useEffect(() => {
    if (!enabled) return;
    const part = () => current();
    if (parts.size === 0) window.addEventListener('keydown', onKeyDown);
    parts.add(part);
    return () => {
      parts.delete(part);
      if (parts.size === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, [enabled]);
}
