import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/index.ts';
import { exactLower, exactUpper } from './binomial.ts';
import { signFlip } from './sign-flip.ts';

const options = { seed: 1, draws: 999, level: 0.05 };

describe('signFlip', () => {
  it.each([
    // The sums of +-3 +-2 +-1 are -6 -4 -2 0 0 2 4 6.
    { sums: [-3, -2, -1], p: 1 / 8 },
    { sums: [-3, -2, 1], p: 2 / 8 },
    { sums: [-3, 2, -1], p: 3 / 8 },
    { sums: [3, -2, -1], p: 5 / 8 },
    { sums: [3, 2, 1], p: 1 },
    // Four of one size: once -4, four times -2.
    { sums: [-1, -1, -1, 1], p: 5 / 16 },
    { sums: [0, -5, 0], p: 1 / 2 },
    { sums: [0, 0], p: 1 },
    { sums: [], p: 1 },
    // 0.1 + 0.2 - 0.3 is not quite 0 for a computer.
    { sums: [0.1, 0.2, -0.3], p: 5 / 8 },
  ])('$sums by enumeration: $p', ({ sums, p }) => {
    const result = signFlip(sums, options);
    const discordant = sums.filter((sum) => sum !== 0).length;
    expect(result).toMatchObject({ p, discordant, smallestP: 2 ** -discordant });
  });

  it.each([
    { sums: [3, 2, 1], level: 0.1, critical: null },
    { sums: [3, 2, 1], level: 0.125, critical: -6 },
    { sums: [3, 2, 1], level: 0.25, critical: -4 },
    { sums: [1, -1, 1, 1], level: 0.06, critical: null },
    { sums: [1, -1, 1, 1], level: 0.07, critical: -4 },
    // Three of sixteen patterns may be as extreme, but -2 stands for four more.
    { sums: [1, -1, 1, 1], level: 0.2, critical: -4 },
    { sums: [1, -1, 1, 1], level: 0.32, critical: -2 },
    { sums: [], level: 0.5, critical: null },
  ])('$sums are proof at $level from $critical on', ({ sums, level, critical }) => {
    expect(signFlip(sums, { ...options, level }).critical).toBe(critical);
  });

  it('draws patterns of many groups, and never says 0', () => {
    const all = Array.from({ length: 40 }, () => -1);
    expect(signFlip(all, options)).toMatchObject({ p: 1 / 1000, smallestP: 1 / 1000 });
    // 15 of 20 for the challenger: P(X >= 15) = 21700 / 2^20.
    const most = Array.from({ length: 20 }, (_, i) => (i < 15 ? -1 : 1));
    const drawn = signFlip(most, { ...options, draws: 99_999 });
    expect(drawn.p).toBeCloseTo(21_700 / 2 ** 20, 2);
    // P(X >= 15) = 0.021, P(X >= 14) = 0.058: ten more than half are proof at 5 %.
    expect(drawn.critical).toBe(-10);
    expect(signFlip(most, { ...options, draws: 99_999 })).toEqual(drawn);
  });

  it('is exact where it enumerates: of all sign patterns, a share of p has p or less', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, (values) => {
        const all = Array.from({ length: 2 ** values.length }, (_, signs) =>
          signFlip(
            values.map((value, i) => (signs & (2 ** i) ? value : -value)),
            options,
          ),
        );
        for (const { p } of all) expect(all.filter((other) => other.p <= p).length / all.length).toBe(p);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it.each([0.01, 0.05, 0.2])('keeps the level of %f where it draws', (level) => {
    const random = seededRandom(5);
    const runs = 2000;
    const hits = Array.from({ length: runs }, (_, run) => {
      const sums = Array.from({ length: 20 }, () => random.next() ** 3 * (random.next() < 0.5 ? 1 : -1));
      return signFlip(sums, { seed: run, draws: 199, level }).p <= level;
    }).filter(Boolean).length;
    expect(exactLower(hits, runs, 0.001)).toBeLessThanOrEqual(level);
    expect(exactUpper(hits, runs, 0.001)).toBeGreaterThanOrEqual(level);
  });
});
