'use client';

import { useSyncExternalStore } from 'react';

let heard = true;
const listeners = new Set<() => void>();

/**
 * Whether the page takes letters, digits and signs for shortcuts. Speech input and a slip of the hand press them, too, so
 * that they can be switched off (WCAG 2.1.4); arrows, Enter and Esc stay.
 */
export function hearCharacterKeys(on: boolean): void {
  heard = on;
  for (const listener of listeners) listener();
}

/** "m" or "g w", unlike "Escape". */
const isOfCharacters = (shortcut: string): boolean => shortcut.split(' ').every((key) => key.length === 1);

const isHeard = (shortcut: string): boolean => heard || !isOfCharacters(shortcut);

/** Those of the shortcuts that are listened to now. */
export const heardOf = (shortcuts: readonly string[]): string[] => shortcuts.filter(isHeard);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the page listens to this shortcut; changes with {@link hearCharacterKeys}. */
export const useIsHeard = (shortcut: string): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isHeard(shortcut),
    () => true,
  );

/** Whether letters, digits and signs are shortcuts. */
export const useCharacterKeys = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => heard,
    () => true,
  );
