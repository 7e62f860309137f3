import { describe, expect, it } from 'vitest';
import type { Comparison, LockedTestSet, LockedTestUse, RegisteredModel } from './types.ts';
import {
  differingText,
  figureRows,
  intervalText,
  judgedPoints,
  listedText,
  openSets,
  reachOf,
  rulesText,
  wordsOf,
} from './words.ts';

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

it('says by which rules', () => {
  const rules =
    'Rules: a chance of 0.05 to promote a model that is no better, shared by 20 uses, so p at most 0.0025; the rate of malignant fields called Benign may rise by 1.00 percentage points';
  expect(rulesText(comparison, { marginSetBy: null })).toBe(`${rules}.`);
  const marginSetBy = { id: '1', name: 'Ada' };
  expect(rulesText(comparison, { marginSetBy })).toBe(`${rules}, a margin that Ada set.`);
});

describe('locked test sets for a model', () => {
  const retrained = (kind: 'head' | 'network') => ({ lineage: { kind } }) as RegisteredModel;
  const set = (id: string, hasImages: boolean, used = 0) =>
    ({ id, hasImages, used, budget: 1 }) as LockedTestSet;
  const sets = [set('images', true), set('used up', true, 1), set('features', false)];

  it('are those with uses left; one of images is offered where the network was trained again', () => {
    const { open, offered } = openSets(sets, retrained('network'));
    expect(open.map(({ id }) => id)).toEqual(['images', 'features']);
    expect(offered?.id).toBe('images');
    expect(openSets([...sets, set('newer', true)], retrained('network')).offered?.id).toBe('images');
    expect(openSets(sets, retrained('head')).offered?.id).toBe('images');
    expect(openSets(sets.toReversed(), retrained('head')).offered?.id).toBe('features');
    expect(openSets(sets.slice(1), retrained('network')).offered?.id).toBe('features');
    expect(openSets([], retrained('head')).offered).toBeUndefined();
  });

  it('say which models they can judge', () => {
    expect(reachOf(set('', true), retrained('network'))).toMatch(/any two models/);
    expect(reachOf(set('', false), retrained('head'))).toMatch(/whatever head\.$/);
    expect(reachOf(set('', false), { lineage: null })).toMatch(/whatever head\.$/);
    expect(reachOf(set('', false), retrained('network'))).toMatch(/a set of images can judge it/);
  });
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

const use = (id: string, change: Partial<LockedTestUse>): LockedTestUse => ({
  id,
  setName: 'Test side',
  championDigest: 'a'.repeat(64),
  challengerDigest: 'b'.repeat(64),
  requestedBy: { id: 'u', name: 'Ada' },
  ...{ margin: 0.01, marginSetBy: null },
  createdAt: '2026-03-01T10:00:00.000Z',
  endedAt: null,
  verdict: null,
  judgement: null,
  failure: null,
  ...change,
});

it('puts the judgements that came to figures in their order, on the set that decided', () => {
  const { verdict, promote, reasons } = comparison;
  const judgement = {
    verdict,
    promote,
    reasons,
    decidedOn: 'locked',
    locked: comparison,
    reserved: null,
  } as const;
  const reserved = { ...comparison, fields: 12, groups: 9 };
  const points = judgedPoints([
    use('late', { endedAt: '2026-03-03T10:00:00.000Z', verdict, judgement }),
    use('waiting', {}),
    use('failed', { failure: 'No such model.' }),
    use('early', {
      endedAt: '2026-03-02T10:00:00.000Z',
      verdict,
      judgement: { ...judgement, decidedOn: 'reserved', reserved },
    }),
  ]);
  expect(points).toMatchObject([
    { id: 'early', fields: 12, groups: 9, setName: 'reserved cases' },
    { id: 'late', fields: 400, setName: 'Test side', difference: { mean: -1.5 } },
  ]);
});

it('words a comparison with intervals and numbers', () => {
  expect(intervalText({ mean: 1.5, lower: 0, upper: 3 })).toBe('1.50 (95 % 0.00 to 3.00)');
  expect(intervalText(comparison.costDifference, { difference: true })).toBe(
    '\u22121.50 (95 % \u22122.25 to \u22120.0400)',
  );
  expect(intervalText(null)).toBe('no field');
  expect(differingText({ total: 40, differing: 3 })).toBe(
    'Different stages on 3 of the 40 fields on which both were judged.',
  );
  expect(listedText({ total: 40, blind: 0, fields: [] })).toBe(
    '0 of 40 shown, those that divide the models first.',
  );
  expect(listedText({ total: 40, blind: 2, fields: [] })).toMatch(
    /2 of cases in blind review count; nothing is told of them alone\.$/,
  );
});
