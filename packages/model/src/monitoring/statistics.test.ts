import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileBins, toBins } from './bins.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import { ksStatistic, psi } from './statistics.ts';

const spread = (shares: number[], cases = 10): Distribution => ({ shares: Float64Array.from(shares), cases });

describe('a distribution', () => {
  it('counts every case once, however many fields it has', () => {
    // One case with four fields at 0, one with a field at 0 and one at 2.
    expect([
      ...distributionOf(
        [
          [0, 0, 0, 0],
          [0, 2],
        ],
        3,
      ).shares,
    ]).toEqual([0.75, 0, 0.25]);
  });
});

describe('the Kolmogorov-Smirnov statistic', () => {
  it.each<[string, number[], number[], number]>([
    ['alike', [0.5, 0.5], [0.5, 0.5], 0],
    ['apart', [1, 0], [0, 1], 1],
    // Cumulative .2 .5 1 against .5 .6 1: differences .3 .1 0.
    ['shifted', [0.2, 0.3, 0.5], [0.5, 0.1, 0.4], 0.3],
    // Of no and yes: 10 % against 35 %.
    ['a share', [0.9, 0.1], [0.65, 0.35], 0.25],
  ])('%s', (_, reference, window, expected) => {
    expect(ksStatistic(spread(reference), spread(window))).toBeCloseTo(expected, 12);
  });
});

describe('the population stability index', () => {
  it('is the sum of (w - r) ln(w / r)', () => {
    // Of 1e9 cases the half case counts nothing: .1 ln(.6/.5) + -.1 ln(.4/.5) = .1 ln 1.5.
    expect(psi(spread([0.5, 0.5], 1e9), spread([0.6, 0.4], 1e9))).toBeCloseTo(0.1 * Math.log(1.5), 8);
  });

  it('stays finite over an empty bin, which counts as half a case', () => {
    // Reference 9.5/10.5... : of 9 and 9 cases, (9.5/10, .5/10) against (.5/10, 9.5/10): 2 * .9 ln 19.
    expect(psi(spread([1, 0], 9), spread([0, 1], 9))).toBeCloseTo(1.8 * Math.log(19), 12);
  });

  it('is never negative, and 0 of what is alike', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 });
    const of = (n: number[]): Distribution => {
      const cases = n.reduce((a, b) => a + b, 0) || 1;
      return spread(
        n.map((x) => x / cases),
        cases,
      );
    };
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(psi(of(a), of(b))).toBeGreaterThanOrEqual(0);
        expect(psi(of(a), of(a))).toBe(0);
      }),
    );
  });
});

describe('bins', () => {
  it('hold a tenth of the reference each, with the window beside', () => {
    const values = Array.from({ length: 20 }, (_, i) => i);
    const reference = values.map((i) => [i]);
    const bins = quantileBins({ values, reference, window: [[0], [19], [19], [19]] });
    expect(bins.edges).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17]);
    expect([...bins.reference.shares].map((share) => share.toFixed(3))).toEqual(Array(10).fill('0.100'));
    expect([...bins.window.shares]).toEqual([0.25, 0, 0, 0, 0, 0, 0, 0, 0, 0.75]);
  });

  it('are fewer where many values are equal', () => {
    // 3 for seven of ten cases, then 4, 5, 6.
    const reference = [...Array(7).fill([0]), [1], [2], [3]];
    const bins = quantileBins({ values: [3, 4, 5, 6], reference, window: [[3]] });
    expect(bins.edges).toEqual([3, 4, 5]);
    expect([...bins.reference.shares].map((share) => share.toFixed(1))).toEqual(['0.7', '0.1', '0.1', '0.1']);
  });

  it('are stored with their names or their edges, the last one without a limit', () => {
    const [reference, window] = [spread([0.25, 0.75]), spread([0.5, 0.5])];
    expect(toBins(reference, window, { names: ['no', 'yes'] })).toEqual([
      { name: 'no', upTo: null, reference: 0.25, window: 0.5 },
      { name: 'yes', upTo: null, reference: 0.75, window: 0.5 },
    ]);
    expect(toBins(reference, window, { edges: [7] }).map(({ name, upTo }) => [name, upTo])).toEqual([
      [null, 7],
      [null, null],
    ]);
  });
});
