import { expect, it } from 'vitest';
import { backgroundStatistics, fieldColours } from './background.ts';
import { createImage, type Rgb } from './rgb-image.ts';

function painted(counts: readonly (readonly [Rgb, number])[]) {
  const pixels = counts.flatMap(([colour, count]) => Array.from({ length: count }, () => colour));
  return { width: pixels.length, height: 1, data: Uint8Array.from(pixels.flat()) };
}

it('leaves the most saturated quarter out', () => {
  const image = painted([
    [[200, 200, 200], 40],
    [[210, 200, 204], 35],
    [[90, 20, 160], 25],
  ]);
  const { mean, spread, median } = backgroundStatistics(image);
  const redMean = (40 * 200 + 35 * 210) / 75;
  expect(mean[0]).toBeCloseTo(redMean, 9);
  expect(mean[1]).toBe(200);
  expect(mean[2]).toBeCloseTo((40 * 200 + 35 * 204) / 75, 9);
  expect(spread[0]).toBeCloseTo(Math.sqrt((40 * (200 - redMean) ** 2 + 35 * (210 - redMean) ** 2) / 75), 9);
  expect(spread[1]).toBe(0);
  expect(median).toEqual([200, 200, 200]);
});

it('tells the mean colours of the background and of what is stained', () => {
  const image = painted([
    [[200, 200, 200], 50],
    [[90, 20, 160], 20],
    [[210, 200, 204], 25],
    [[120, 35, 110], 5],
  ]);
  expect(fieldColours(image)).toEqual({
    background: [(50 * 200 + 25 * 210) / 75, 200, (50 * 200 + 25 * 204) / 75],
    stained: [(20 * 90 + 5 * 120) / 25, (20 * 20 + 5 * 35) / 25, (20 * 160 + 5 * 110) / 25],
  });
  expect(fieldColours(painted([[[7, 8, 9], 3]]))).toEqual({ background: [7, 8, 9], stained: null });
});

it.each<[string, Rgb]>([
  ['black', [0, 0, 0]],
  ['white', [255, 255, 255]],
  ['one colour', [12, 200, 90]],
])('of a field all %s is that colour', (_, colour) => {
  expect(backgroundStatistics(createImage(8, 8, colour))).toEqual({
    mean: colour,
    spread: [0, 0, 0],
    median: colour,
  });
});
