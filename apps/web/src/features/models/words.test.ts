import { describe, expect, it } from 'vitest';
import type { Comparison } from './types.ts';
import { figureRows, wordsOf } from './words.ts';

const comparison: Comparison = {
  verdict: 'promote',
  promote: true,
  reasons: [],
  fields: 400,
  groups: 10,
  discordantGroups: 6,
  costDifference: { mean: -1.5, lower: -2.25, upper: -0.04, p: 1 / 64 },
  malignantToBenign: {
    champion: 0.0125,
    challenger: null,
    upper: 0.0075,
    margin: 0.01,
    fields: 300,
    groups: 8,
    onlyChampion: 0,
    onlyChallenger: 0,
  },
  level: 0.0025,
  smallestP: 1 / 64,
  smallestDetectable: 1.5,
  budget: 20,
};

it('words the figures with intervals, units and what is asked for', () => {
  expect(figureRows(comparison).map((row) => row.slice(1))).toEqual([
    ['400 in 10', ''],
    ['−1.50 (95 % interval −2.25 to −0.0400)', 'below 0'],
    ['0.0156', 'at most 0.0025'],
    ['6 of 10', ''],
    ['−1.50', ''],
    ['1.25 %', ''],
    ['none tested', ''],
    ['0.75 points', 'at most 1.00'],
  ]);
  expect(figureRows({ ...comparison, smallestDetectable: null })[4]?.[1]).toMatch(/^none/);
});

describe('wordsOf', () => {
  it.each([
    [null, null, 'being judged'],
    [null, 'The set is not here.', 'not judged'],
    ['promote', null, 'may be promoted'],
    ['refuse', null, 'refused'],
    ['insufficient-evidence', null, 'too little evidence'],
  ] as const)('%s and %s is "%s"', (verdict, failure, text) => {
    expect(wordsOf({ verdict, failure }).text).toBe(text);
  });
});
