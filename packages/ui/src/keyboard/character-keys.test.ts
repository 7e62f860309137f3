import { afterEach, expect, it } from 'vitest';
import { hearCharacterKeys, heardOf } from './character-keys.ts';

const SHORTCUTS = ['m', '?', '1', '[', '+', 'g w', 'Escape', 'ArrowDown', 'Enter'];
afterEach(() => hearCharacterKeys(true));

it('listens to everything unless told otherwise', () => expect(heardOf(SHORTCUTS)).toEqual(SHORTCUTS));

it('leaves letters, digits, signs and their sequences alone when they are switched off', () => {
  hearCharacterKeys(false);
  expect(heardOf(SHORTCUTS)).toEqual(['Escape', 'ArrowDown', 'Enter']);
  hearCharacterKeys(true);
  expect(heardOf(SHORTCUTS)).toEqual(SHORTCUTS);
});
