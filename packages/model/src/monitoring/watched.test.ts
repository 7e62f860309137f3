import { type DriftQuantity, toStageRecord } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { statisticOf, WATCHED, type WatchedField } from './watched.ts';

const field: WatchedField = {
  // One more than each channel is 200, 100 and 50, and 128, 16 and 64.
  background: { red: 199, green: 99, blue: 49, stained: { red: 127, green: 15, blue: 63 } },
  cells: 12,
  scale: null,
  outOfDistribution: { score: 1.5, flag: true },
  assessable: true,
  stage: 'Pre',
  probabilities: toStageRecord([0.1, 0.2, 0.6, 0.1]),
  deferred: false,
  corrected: null,
};

describe('what is watched of a field', () => {
  it.each<[DriftQuantity, number | null, ReturnType<typeof statisticOf>]>([
    // Octaves against green.
    ['background-red', 1, 'ks'],
    ['background-blue', -1, 'ks'],
    ['stain-red', 3, 'ks'],
    ['stain-blue', 2, 'ks'],
    ['stain-spread', 3, 'spread'],
    // .299 * 199 + .587 * 99 + .114 * 49.
    ['background-brightness', 123.2, 'ks'],
    ['cells', 12, 'ks'],
    ['out-of-distribution', 1, 'difference'],
    ['stage', 2, 'psi'],
    ['confidence', 0.6, 'ks'],
    ['deferred', 0, 'difference'],
    ['corrected', null, 'difference'],
  ])('%s', (quantity, value, statistic) => {
    const found = WATCHED[quantity].of(field);
    if (value === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(value, 12);
    expect(statisticOf(quantity)).toBe(statistic);
  });

  it.each<[string, DriftQuantity, Partial<WatchedField>, number | null]>([
    ['an analysis from before colours were kept', 'stain-red', { background: null }, null],
    ['no stained pixel', 'stain-red', { background: { red: 9, green: 9, blue: 9 } }, null],
    ['no measure of novelty', 'out-of-distribution', { outOfDistribution: null }, null],
    ['a field that is not assessable: a stage of its own', 'stage', { assessable: false }, 4],
    ['a field that is not assessable: no confidence', 'confidence', { assessable: false }, null],
    ['an answer that its reader overrode', 'corrected', { corrected: true }, 1],
  ])('%s', (_, quantity, change, value) => {
    expect(WATCHED[quantity].of({ ...field, ...change })).toBe(value);
  });
});
