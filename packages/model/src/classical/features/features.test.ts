import { describe, expect, it } from 'vitest';
import { createImage } from '../../images/index.ts';
import { seededRandom } from '../../random/index.ts';
import { extractFeatures, featuresOf } from './extract.ts';
import { gradientLengths } from './gradient.ts';
import { momentsOf } from './grey.ts';
import { colourHistograms } from './histogram.ts';
import { FEATURE_COUNT, FEATURES } from './names.ts';
import { componentShapes } from './shapes.ts';

const greyOf = (rows: readonly (readonly number[])[]) => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  values: Float64Array.from(rows.flat()),
});

it('are 62, each of its own name', () => {
  expect(FEATURE_COUNT).toBe(62);
  expect(new Set(FEATURES.map(({ name }) => name)).size).toBe(62);
});

it('colourHistograms shares the pixels out over fixed bins', () => {
  const shares = colourHistograms({ width: 2, height: 1, data: Uint8Array.of(0, 0, 15, 255, 128, 16) });
  const filled = [...shares.entries()].filter(([, share]) => share > 0);
  // Red 0 and 255, green 0 and 128 = 8 * 16, blue 15 and 16 on both sides of a break.
  expect(filled).toEqual([0, 15, 16, 24, 32, 33].map((bin) => [bin, 0.5]));
});

it.each([
  // A coin of p = 1/4: variance pq, skewness (1 - 2p) / sqrt(pq), kurtosis 3 + (1 - 6pq) / pq.
  { values: [0, 0, 0, 1], moments: [1 / 4, 3 / 16, 0.5 / Math.sqrt(3 / 16), 7 / 3] },
  { values: [-1, 1], moments: [0, 1, 0, 1] },
  { values: [0.3, 0.3, 0.3], moments: [0.3, 0, 0, 0] },
  { values: [], moments: [0, 0, 0, 0] },
])('momentsOf $values', ({ values, moments }) => {
  const { mean, variance, skewness, kurtosis } = momentsOf(values);
  for (const [i, value] of [mean, variance, skewness, kurtosis].entries())
    expect(value).toBeCloseTo(moments[i] ?? Number.NaN, 12);
});

it('gradientLengths is half the difference of the neighbours, the border repeated', () => {
  expect([...gradientLengths(greyOf([[0, 0.5, 1]]))]).toEqual([0.25, 0.5, 0.25]);
  // 0.3 across and 0.4 down make 0.5.
  const tilted = greyOf([0, 1, 2].map((y) => [0, 1, 2].map((x) => 0.3 * x + 0.4 * y)));
  expect(gradientLengths(tilted)[4]).toBeCloseTo(0.5, 12);
});

describe('componentShapes', () => {
  it('measures area, outline and roundness of every bright part', () => {
    const shapes = componentShapes(
      greyOf([
        [1, 1, 0, 0, 0],
        [1, 1, 0, 0.5, 0.6],
      ]),
    );
    // A square of 4 pixels and 8 edges, a single pixel of 4 edges; 0.5 is not brighter than 0.5.
    expect(shapes).toMatchObject({ count: 2, area: 2.5, areaSd: 1.5, perimeter: 6 });
    expect(shapes.circularity).toBeCloseTo(Math.PI / 4, 12);
  });

  it('is all zeros where nothing is bright', () => {
    const none = { count: 0, area: 0, areaSd: 0, perimeter: 0, circularity: 0 };
    expect(componentShapes(greyOf([[0.2, 0.5]]))).toEqual(none);
  });
});

it('every value stands under its name', async () => {
  const values = await extractFeatures(createImage(224, 224, [255, 128, 0]));
  const named = Object.fromEntries(FEATURES.map(({ name }, i) => [name, values[i] ?? Number.NaN]));
  const grey = (0.299 * 255 + 0.587 * 128) / 255;
  expect(
    Object.entries(named).filter(([name, value]) => /^(red|green|blue)-/.test(name) && value > 0),
  ).toEqual([
    ['red-15', expect.closeTo(1, 6)],
    ['green-8', expect.closeTo(1, 6)],
    ['blue-0', expect.closeTo(1, 6)],
  ]);
  for (const name of ['grey-mean', 'grey-max', 'grey-min']) expect(named[name]).toBeCloseTo(grey, 6);
  for (const name of [
    'grey-contrast',
    'grey-skewness',
    'grey-kurtosis',
    'grey-sd',
    'gradient-mean',
    'gradient-sd',
  ])
    expect(named[name]).toBe(0);
  expect(named).toMatchObject({
    'component-area': 150 * 150,
    'component-perimeter': 600,
    'component-circularity': expect.closeTo(Math.PI / 4, 6),
    'component-count': 1,
    'component-area-sd': 0,
  });
});

it('give as many values for every image, all of them numbers', () => {
  const random = seededRandom(1);
  const noise = Uint8Array.from({ length: 20 * 20 * 3 }, () => random.int(256));
  for (const image of [{ width: 20, height: 20, data: noise }, createImage(20, 20, [0, 0, 0])]) {
    const values = featuresOf(image);
    expect(values).toHaveLength(FEATURE_COUNT);
    expect(values.every(Number.isFinite)).toBe(true);
  }
});
