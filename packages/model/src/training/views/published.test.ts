import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../random/index.ts';
import { type Affine, drawAffine, transformField } from './published.ts';

const STILL: Affine = { rotation: 0, shift: [0, 0], shear: 0, zoom: [1, 1], mirrored: false };

/** A grey field of the given rows. */
const field = (rows: readonly (readonly number[])[]) => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Uint8Array.from(rows.flat().flatMap((v) => [v, v, v])),
});

const NINE = [
  [10, 20, 30],
  [40, 50, 60],
  [70, 80, 90],
];

describe('transformField', () => {
  it.each<readonly [string, Partial<Affine>, readonly (readonly number[])[]]>([
    ['nothing', {}, NINE],
    [
      // The first pixel, at (-1, -1) of the centre, looks at (cos * -1 - sin * -1, sin * -1 + cos * -1) = (1, -1): 70.
      'a quarter turn',
      { rotation: Math.PI / 2 },
      [
        [70, 40, 10],
        [80, 50, 20],
        [90, 60, 30],
      ],
    ],
    [
      'a shift of a row, the last one repeated',
      { shift: [1, 0] },
      [
        [40, 50, 60],
        [70, 80, 90],
        [70, 80, 90],
      ],
    ],
    [
      'a shift of half a column, between the two',
      { shift: [0, 0.5] },
      [
        [15, 25, 30],
        [45, 55, 60],
        [75, 85, 90],
      ],
    ],
    [
      'rows twice as near',
      { zoom: [0.5, 1] },
      [
        [25, 35, 45],
        [40, 50, 60],
        [55, 65, 75],
      ],
    ],
    [
      // Columns are looked up at cos 60 = 1/2 of their distance, and rows sin 60 = 0.866 of it higher to the right.
      'a shear of 60 degrees',
      { shear: Math.PI / 3 },
      [
        [41, 20, 25],
        [71, 50, 29],
        [75, 80, 59],
      ],
    ],
    [
      'a mirror',
      { mirrored: true },
      [
        [30, 20, 10],
        [60, 50, 40],
        [90, 80, 70],
      ],
    ],
    [
      'a mirror after a shift',
      { mirrored: true, shift: [0, 1] },
      [
        [30, 30, 20],
        [60, 60, 50],
        [90, 90, 80],
      ],
    ],
  ])('%s', (_, change, rows) => {
    expect(transformField(field(NINE), { ...STILL, ...change })).toEqual(field(rows));
  });
});

it('draws within the published ranges, and reaches near their ends', () => {
  const drawn = Array.from({ length: 4000 }, (_, seed) => drawAffine(100, seededRandom(seed)));
  const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
  const degree = Math.PI / 180;
  for (const [values, from, to] of [
    [drawn.map(({ rotation }) => rotation / degree), -40, 40],
    [drawn.flatMap(({ shift }) => shift), -40, 40],
    [drawn.map(({ shear }) => shear / degree), -0.4, 0.4],
    [drawn.flatMap(({ zoom }) => zoom), 0.6, 1.4],
  ] as const) {
    const [least = 0, most = 0] = range(values);
    expect(least).toBeGreaterThanOrEqual(from);
    expect(most).toBeLessThanOrEqual(to);
    expect(most - least).toBeGreaterThan(0.99 * (to - from));
  }
  const mirrored = drawn.filter((affine) => affine.mirrored).length;
  expect(mirrored / drawn.length).toBeCloseTo(0.5, 1);
});
