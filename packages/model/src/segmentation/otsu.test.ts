import { expect, it } from 'vitest';
import { histogramOf, otsuThreshold, quantile } from './histogram.ts';
import { otsuBin } from './otsu.ts';

it.each([
  ['two peaks, the middle of the gap', [10, 0, 0, 0, 10], 3],
  ['adjacent peaks', [5, 5, 0, 0], 1],
  ['unequal classes', [90, 10, 0, 0, 0, 0, 5, 5], 4],
  ['one value', [0, 7, 0], 1],
  ['nothing', [0, 0, 0], 1],
])('Otsu: %s', (_, counts, expected) => {
  expect(otsuBin(counts)).toBe(expected);
});

it('gives thresholds and quantiles in the units of the values', () => {
  const values = Float32Array.from({ length: 100 }, (_, i) => (i < 80 ? 0.1 : 0.9));
  const histogram = histogramOf(values, 1);
  expect(otsuThreshold(histogram)).toBeCloseTo(0.5, 1);
  expect(quantile(histogram, 0.5)).toBeCloseTo(0.1, 2);
  expect(quantile(histogram, 0.95)).toBeCloseTo(0.9, 2);
  expect(
    quantile(
      histogramOf(values, 1, () => false),
      0.5,
    ),
  ).toBe(0);
});
