import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepCharacterKeys, readCharacterKeys } from './character-keys.ts';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

it('are kept for each person of a browser', () => {
  keepCharacterKeys('clara', false);
  expect([readCharacterKeys('clara'), readCharacterKeys('simon')]).toEqual([false, true]);
  keepCharacterKeys('clara', true);
  expect(readCharacterKeys('clara')).toBe(true);
});

it('are on where the browser keeps nothing', () => {
  vi.stubGlobal('localStorage', undefined);
  keepCharacterKeys('clara', false);
  expect(readCharacterKeys('clara')).toBe(true);
  keepCharacterKeys('clara', true);
});
