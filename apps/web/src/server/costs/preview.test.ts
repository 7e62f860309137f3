import { describe, expect, it } from 'vitest';
import { transitionsOf } from './preview.ts';
import { outcomeOf } from './replay.ts';

describe('outcomeOf', () => {
  it.each([
    [{ stage: 'Pro', defer: false }, 'Pro'],
    [{ stage: 'Pro', defer: true }, 'referred'],
    [{ stage: null, defer: false }, 'not-assessable'],
  ] as const)('%o is %s', (decision, outcome) => {
    expect(outcomeOf(decision)).toBe(outcome);
  });
});

it('counts transitions, most frequent first', () => {
  expect(
    transitionsOf([
      ['Benign', 'Early'],
      ['Pro', 'referred'],
      ['Benign', 'Early'],
    ]),
  ).toEqual([
    { from: 'Benign', to: 'Early', fields: 2 },
    { from: 'Pro', to: 'referred', fields: 1 },
  ]);
});
