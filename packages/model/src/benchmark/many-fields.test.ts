import { describe, expect, it } from 'vitest';
import { findDuplicates } from '../dataset/index.ts';
import { landmarksOf } from '../dataset/landmarks.ts';
import { madeUpPrint, timeSplit } from './many-fields.ts';

// The first field of all shows nothing.
const prints = Array.from({ length: 400 }, (_, i) => ({ path: `${i}`, ...madeUpPrint(1, i + 1) }));
const pairs = (prints.length * (prints.length - 1)) / 2;

describe('made-up fields', () => {
  it('have as many landmarks as real ones, 16', () => {
    const counts = prints.map(({ thumbnail }) => landmarksOf(thumbnail).length);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(mean).toBeGreaterThan(15);
    expect(mean).toBeLessThan(17);
    expect(landmarksOf(madeUpPrint(1, 0).thumbnail)).toEqual([]);
  });

  it('are no copies, and as many pairs are looked at as of real ones that lie far apart, 0.04 %', () => {
    let looked = 0;
    const found = findDuplicates(prints, undefined, () => {
      looked++;
      return true;
    });
    expect(found).toEqual([]);
    expect(looked / pairs).toBeGreaterThan(0.0003);
    expect(looked / pairs).toBeLessThan(0.0008);
  });

  it('are of like colours in one pair of seven', () => {
    const isLike = (a: number, b: number): boolean =>
      [0, 16, 32].every(
        (q) => Math.abs((prints[a]?.quantiles[q] ?? 0) - (prints[b]?.quantiles[q] ?? 0)) <= 6,
      );
    let like = 0;
    for (let b = 1; b < prints.length; b++) for (let a = 0; a < b; a++) if (isLike(a, b)) like++;
    expect(like / pairs).toBeGreaterThan(0.12);
    expect(like / pairs).toBeLessThan(0.16);
  });
});

it('times every part of a split', () => {
  const { search, groups, sides } = timeSplit(80);
  expect(Math.min(search, groups, sides)).toBeGreaterThan(0);
});
