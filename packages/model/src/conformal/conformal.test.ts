import { MATURITY_STAGES, type MaturityStage, type StageVector } from '@blastwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/index.ts';
import { conformalSchema, predictionSet } from './conformal.ts';
import { coverageOf } from './coverage.ts';
import { conformalQuantile, conformalRank, fitConformal } from './fit-conformal.ts';

/** A field whose probability of `stage` is `p`, the rest shared by the others. */
function certainOf(stage: MaturityStage, p: number): StageVector {
  const at = (s: MaturityStage): number => (s === stage ? p : (1 - p) / 3);
  return [at('Benign'), at('Early'), at('Pre'), at('Pro')];
}

/** `n` fields of one stage whose nonconformity is 1/100, 2/100, ... */
const ladder = (stage: MaturityStage, n: number) =>
  Array.from({ length: n }, (_, i) => ({ stage, p: certainOf(stage, 1 - (i + 1) / 100) }));

const fitted = (fields: readonly { stage: MaturityStage; p: StageVector }[], levels?: number[]) =>
  fitConformal(
    fields.map(({ p }) => p),
    fields.map(({ stage }) => stage),
    levels,
  );

describe('conformalRank', () => {
  it.each([
    // ceil(20 * .95) = 19, the last of 19; one field fewer has no rank.
    { n: 19, level: 0.95, rank: 19 },
    { n: 18, level: 0.95, rank: 19 },
    { n: 39, level: 0.95, rank: 38 },
    { n: 40, level: 0.95, rank: 39 },
    { n: 99, level: 0.99, rank: 99 },
    { n: 98, level: 0.99, rank: 99 },
    { n: 0, level: 0.95, rank: 1 },
  ])('of $n fields at $level is $rank', ({ n, level, rank }) => {
    expect(conformalRank(n, level)).toBe(rank);
  });

  it('is infinite beyond the last score', () => {
    expect(conformalQuantile([0.3, 0.1, 0.2], 0.75)).toBe(0.3);
    expect(conformalQuantile([0.3, 0.1, 0.2], 0.76)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('fitConformal', () => {
  it('takes each stage to the highest level that its fields can show', () => {
    const conformal = fitted([
      ...ladder('Benign', 18),
      ...ladder('Early', 19),
      ...ladder('Pre', 39),
      ...ladder('Pro', 99),
    ]);
    expect(conformal.n).toEqual([18, 19, 39, 99]);
    expect(conformal.levels).toEqual([0.95, 0.95, 0.95, 0.99]);
    expect(conformal.thresholds).toEqual([
      null,
      expect.closeTo(0.19, 12),
      expect.closeTo(0.38, 12),
      expect.closeTo(0.99, 12),
    ]);
    expect(conformal.assumes).toContain('exchangeable');
    expect(conformalSchema.parse(JSON.parse(JSON.stringify(conformal)))).toEqual(conformal);
  });

  it('refuses a field without a label and levels that are no share', () => {
    expect(() => fitConformal([certainOf('Pre', 1)], [])).toThrow('one label');
    for (const levels of [[0.95, 1], [0], [Number.NaN], []])
      expect(() => fitted(ladder('Pre', 3), levels)).toThrow('between 0 and 1');
  });

  it('covers exchangeable scores: leaving each field out in turn, at least the level of them is covered', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.8, 0.9, 0.95),
        (scores, level) => {
          // The law itself: which of n + 1 exchangeable scores is the new one is uniform.
          const covered = scores.filter((s, i) => s <= conformalQuantile(scores.toSpliced(i, 1), level));
          expect(covered.length / scores.length).toBeGreaterThanOrEqual(level - 1e-9);
        },
      ),
    );
  });

  it('covers every stage of simulated fields, a rare and hard one too, with one threshold for it alone', () => {
    const random = seededRandom(5);
    const draw = (n: number) =>
      Array.from({ length: n }, () => {
        const stage = MATURITY_STAGES[Math.min(3, Math.floor(random.next() * 8))] ?? 'Pro';
        const p = stage === 'Benign' ? random.next() : 1 - random.next() ** 4;
        return { stage, p: certainOf(stage, p) };
      });
    const covered: number[] = [0, 0, 0, 0];
    const seen: number[] = [0, 0, 0, 0];
    for (let repeat = 0; repeat < 200; repeat++) {
      const conformal = fitted(draw(400), [0.9]);
      for (const { stage, p } of draw(50)) {
        const i = MATURITY_STAGES.indexOf(stage);
        seen[i] = (seen[i] ?? 0) + 1;
        if (predictionSet(p, conformal).includes(stage)) covered[i] = (covered[i] ?? 0) + 1;
      }
    }
    covered.forEach((c, i) => {
      expect(c / (seen[i] ?? 0)).toBeGreaterThan(0.885);
    });
  });
});

describe('predictionSet', () => {
  const thresholds: [number, number, number, null] = [0.6, 0.75, 0.1, null];
  it.each<{ p: StageVector; set: MaturityStage[] }>([
    // 1 - p: .5 <= .6, .7 <= .75, .9 > .1, infinite.
    { p: [0.5, 0.3, 0.1, 0.1], set: ['Benign', 'Early', 'Pro'] },
    // Pre is the most probable though its 1 - p, .4, is above .1.
    { p: [0.2, 0.1, 0.6, 0.1], set: ['Pre', 'Pro'] },
    { p: [0.4, 0.25, 0.25, 0.1], set: ['Benign', 'Early', 'Pro'] },
    { p: [0, 0, 0, 1], set: ['Pro'] },
  ])('of $p is $set', ({ p, set }) => {
    expect(predictionSet(p, { thresholds })).toEqual(set);
  });

  it('holds the most probable stage whatever the thresholds', () => {
    const none: [number, number, number, number] = [0, 0, 0, 0];
    expect(predictionSet([0.4, 0.3, 0.2, 0.1], { thresholds: none })).toEqual(['Benign']);
    expect(() => predictionSet([Number.NaN, 0, 0, 1], { thresholds: none })).toThrow('no answer');
  });
});

describe('coverageOf', () => {
  it('counts per stage, with Wilson intervals', () => {
    const coverage = coverageOf(
      [['Benign'], ['Benign', 'Early'], ['Pre'], ['Pre', 'Pro']],
      ['Benign', 'Benign', 'Early', 'Pro'],
    );
    expect(coverage).toMatchObject({ share: 0.75, meanSize: 1.5, singletons: 0.5 });
    expect(coverage.perStage.map(({ n, covered }) => [n, covered])).toEqual([
      [2, 2],
      [1, 0],
      [0, 0],
      [1, 1],
    ]);
    // Wilson for 2 of 2: lower 2 / (2 + 1.96 ** 2).
    expect(coverage.perStage[0]?.lower).toBeCloseTo(2 / (2 + 1.959964 ** 2), 6);
    expect(coverage.perStage[2]).toMatchObject({ lower: 0, upper: 1 });
  });
});
