import { expect, it } from 'vitest';
import { settledOtherwise } from './settled-otherwise.ts';

const settled = (stage: 'Pre' | 'Pro' | null) => ({ status: 'adjudicated', stage, by: 'senior' }) as const;

it.each([
  [settled('Pre'), { stage: 'Pro' }, 'Pro'],
  [settled('Pre'), { stage: null }, 'not assessable'],
  [settled(null), { stage: 'Pre' }, 'Pre'],
  [settled('Pre'), { stage: 'Pre' }, null],
  [settled(null), { stage: null }, null],
  [settled('Pre'), null, null],
  [{ status: 'open' }, { stage: 'Pro' }, null],
  [null, { stage: 'Pro' }, null],
] as const)('%j beside a copy settled as %j: %s', (adjudication, copy, expected) =>
  expect(settledOtherwise({ adjudication }, { settled: copy })).toBe(expected),
);
