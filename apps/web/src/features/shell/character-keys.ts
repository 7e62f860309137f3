'use client';

import { hearCharacterKeys, useCharacterKeys } from '@blastwise/ui';
import { useEffect } from 'react';
import { useProfile } from '../shared/index.ts';

const placeOf = (userId: string): string => `blastwise-character-keys:${userId}`;

export function readCharacterKeys(userId: string): boolean {
  try {
    return localStorage.getItem(placeOf(userId)) !== 'off';
  } catch {
    // A browser that keeps nothing has kept nothing.
    return true;
  }
}

export function keepCharacterKeys(userId: string, on: boolean): void {
  hearCharacterKeys(on);
  try {
    if (on) localStorage.removeItem(placeOf(userId));
    else localStorage.setItem(placeOf(userId), 'off');
  } catch {
    // It holds as long as this page does.
  }
}

/** Puts into force what this person has chosen in this browser. */
export function useKeptCharacterKeys(): void {
  const { id } = useProfile();
  useEffect(() => hearCharacterKeys(readCharacterKeys(id)), [id]);
}

/** Whether letters, digits and signs are shortcuts for this person, and how to change it. */
export function useCharacterKeysChoice() {
  const { id } = useProfile();
  const value = useCharacterKeys() ? 'on' : 'off';
  return { value, onChange: (next: 'on' | 'off') => keepCharacterKeys(id, next === 'on') } as const;
}

export const CHARACTER_KEYS = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;
