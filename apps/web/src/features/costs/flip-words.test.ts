import { describe, expect, it } from 'vitest';
import { flipWords, leftOutWords, pageWords } from './flip-words.ts';

describe('what a flip is', () => {
  it.each([
    ['Early', 'Benign', 'Early', 'wrong to right'],
    ['Benign', 'Benign', 'Early', 'right to wrong'],
    ['Pro', 'Pro', 'referred', 'right to deferred'],
    ['Pro', 'not-assessable', 'Pre', 'no stage to wrong'],
  ] as const)('truly %s: %s, then %s is %s', (actual, before, after, words) => {
    expect(flipWords(actual, before, after)).toBe(words);
  });

  it('says which of how many are shown', () => {
    expect(pageWords(12, 12, 143)).toBe('13 to 24 of 143');
  });
});

it('says plainly what was not replayed', () => {
  expect(leftOutWords({ replayed: 3, unsettled: 3, blind: 0 })).toEqual([]);
  expect(leftOutWords({ replayed: 5_000, unsettled: 7_200, blind: 1 })).toEqual([
    'Only the newest 5000 of 7200 unsettled fields were replayed; all would be decided again.',
    '1 more in blind review would be decided again too; nothing is told of it.',
  ]);
});
