import { beforeAll, describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { createImage, type RgbImage } from '../images/index.ts';
import { CONDITIONS, type Condition, perturb } from './perturbations.ts';

const fieldOf = (image: RgbImage) => ({ path: 'Pre/a.png', stage: 'Pre' as const, image });
const pixel = ({ width, data }: RgbImage, x: number, y: number) => [
  ...data.subarray(3 * (y * width + x)).slice(0, 3),
];

describe('perturb', () => {
  let image: RgbImage;
  beforeAll(() => {
    ({ image } = generateField({ seed: 3, stage: 'Pre' }));
  });

  it.each(
    CONDITIONS.map((condition): [string, Condition] => [
      `${condition.name} ${condition.strength}`,
      condition,
    ]),
  )(
    '%s keeps the size, leaves its input as it is, and repeats itself under one seed',
    async (_, condition) => {
      const before = image.data.slice();
      const [one, again] = [
        await perturb(fieldOf(image), condition, 7),
        await perturb(fieldOf(image), condition, 7),
      ];
      expect([one.width, one.height, one.data.length]).toEqual([224, 224, 224 * 224 * 3]);
      expect(one).toEqual(again);
      expect(image.data).toEqual(before);
      expect(one.data).not.toEqual(image.data);
    },
  );

  it('brightness multiplies and clips', async () => {
    const grey = fieldOf(createImage(2, 1, [100, 200, 250]));
    expect(pixel(await perturb(grey, { name: 'brightness', strength: 1.2 }, 1), 0, 0)).toEqual([
      120, 240, 255,
    ]);
  });

  it('a stain shift scales the optical density of each channel within its strength; white stays white', async () => {
    const shifted = await perturb(
      fieldOf(createImage(2, 1, [63, 127, 255])),
      { name: 'stain-shift', strength: 0.4 },
      5,
    );
    const [r = 0, g = 0, b = 0] = pixel(shifted, 0, 0);
    // 64 / 256 and 128 / 256 to the power of 0.6 .. 1.4, times 256, less 1.
    expect(r).toBeGreaterThanOrEqual(35);
    expect(r).toBeLessThanOrEqual(111);
    expect(g).toBeGreaterThanOrEqual(96);
    expect(g).toBeLessThanOrEqual(168);
    expect(b).toBe(255);
  });

  it('blurs harder as sigma grows', async () => {
    const dot = createImage(31, 31, [0, 0, 0]);
    dot.data.set([255, 255, 255], 3 * (15 * 31 + 15));
    const peaks = await Promise.all(
      [0.5, 1, 2].map(
        async (strength) => pixel(await perturb(fieldOf(dot), { name: 'blur', strength }, 1), 15, 15)[0] ?? 0,
      ),
    );
    expect(peaks).toEqual([...peaks].sort((a, b) => b - a));
    expect(peaks[2]).toBeLessThan(20);
  });

  it.each([
    ['scale-bar-painted', [255, 255, 255]],
    ['scale-bar-removed', [9, 8, 7]],
  ] as const)('%s changes its corner only, in proportion to the image', async (name, colour) => {
    const plain = createImage(448, 448, [9, 8, 7]);
    plain.data.set([1, 2, 3], 3 * (400 * 448 + 400));
    const changed = await perturb(fieldOf(plain), { name, strength: 1 }, 1);
    expect(pixel(changed, 400, 400)).toEqual(colour);
    expect(pixel(changed, 384, 400)).toEqual([9, 8, 7]);
    expect(pixel(changed, 400, 386)).toEqual([9, 8, 7]);
    expect(pixel(changed, 400, 446)).toEqual([9, 8, 7]);
  });
});
