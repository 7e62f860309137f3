import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backgroundStatistics } from './background.ts';
import { placeInField, preprocess, SCALE_BAR } from './preprocess.ts';
import { restoreMask } from './restore-mask.ts';
import { createImage, FIELD_SIZE, type RgbImage } from './rgb-image.ts';
import { pixel, quarters } from './testing.ts';

const inScaleBar = (x: number, y: number): boolean =>
  x >= SCALE_BAR.left && x < SCALE_BAR.right && y >= SCALE_BAR.top && y < SCALE_BAR.bottom;

describe('preprocess', () => {
  it('keeps every pixel of a 224 x 224 field but the scale-bar corner', async () => {
    const image = quarters(FIELD_SIZE, FIELD_SIZE);
    const given = image.data.slice();
    const { field, placement } = await preprocess(image);
    expect(placement).toEqual({ scale: 1, left: 0, top: 0, width: 224, height: 224 });
    expect(image.data).toEqual(given);
    const above = image.data.subarray(0, SCALE_BAR.top * FIELD_SIZE * 3);
    const background = backgroundStatistics({ ...image, height: SCALE_BAR.top, data: above }).median;
    let differing = 0;
    for (let y = 0; y < FIELD_SIZE; y++) {
      for (let x = 0; x < FIELD_SIZE; x++) {
        const expected = inScaleBar(x, y) ? background : pixel(image, x, y);
        if (expected.some((value, c) => pixel(field, x, y)[c] !== value)) differing++;
      }
    }
    expect(differing).toBe(0);
  });

  it('gives the same field whatever the scale bar says', async () => {
    // A ramp, so that a few hundred pixels more of white would move its median.
    const image = createImage(FIELD_SIZE, FIELD_SIZE, [0, 0, 0]);
    image.data.forEach((_, i) => {
      image.data[i] = 150 + (Math.floor(i / 3) % 90);
    });
    const marked: RgbImage = { ...image, data: image.data.slice() };
    for (let y = 194; y < 222; y++) {
      for (let x = 193; x < 224; x++) marked.data.set([255, 255, 255], (y * FIELD_SIZE + x) * 3);
    }
    expect((await preprocess(marked)).field.data).toEqual((await preprocess(image)).field.data);
  });

  it.each([
    [640, 480, { scale: 0.35, left: 0, top: 28, width: 224, height: 168 }],
    [100, 200, { scale: 1.12, left: 56, top: 0, width: 112, height: 224 }],
    [4000, 1, { scale: 0.056, left: 0, top: 111, width: 224, height: 1 }],
    [1, 1, { scale: 224, left: 0, top: 0, width: 224, height: 224 }],
  ])('letterboxes %d x %d on its own background', async (width, height, placement) => {
    const found = await preprocess(createImage(width, height, [210, 180, 200]));
    expect(found.placement).toEqual(placement);
    expect(found.field.data.length).toBe(FIELD_SIZE * FIELD_SIZE * 3);
    for (const [x, y] of [
      [0, 0],
      [112, 112],
      [223, 223],
    ] as const) {
      expect(pixel(found.field, x, y)).toEqual([210, 180, 200]);
    }
  });
});

describe('restoreMask', () => {
  it('is exact for 224 x 224', () => {
    const values = Float32Array.from({ length: FIELD_SIZE ** 2 }, (_, i) => (i * 7919) % 2);
    const restored = restoreMask(values, placeInField(FIELD_SIZE, FIELD_SIZE), FIELD_SIZE, FIELD_SIZE);
    expect(restored.every((value, i) => value === (values[i] ?? 0) * 255)).toBe(true);
  });

  it('never reads the padding, and keeps a full and an empty mask', () => {
    const size = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(size, size, fc.constantFrom(0, 1), (width, height, inside) => {
        const placement = placeInField(width, height);
        const mask = new Float32Array(FIELD_SIZE ** 2).fill(1 - inside);
        for (let y = placement.top; y < placement.top + placement.height; y++) {
          mask.fill(
            inside,
            y * FIELD_SIZE + placement.left,
            y * FIELD_SIZE + placement.left + placement.width,
          );
        }
        const restored = restoreMask(mask, placement, width, height);
        expect(restored.length).toBe(width * height);
        expect(restored.every((value) => value === inside * 255)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('puts a cell back where it was in a larger image', () => {
    const placement = placeInField(640, 480);
    const mask = new Float32Array(FIELD_SIZE ** 2);
    for (let y = 50; y < 60; y++) mask.fill(1, y * FIELD_SIZE + 100, y * FIELD_SIZE + 120);
    const restored = restoreMask(mask, placement, 640, 480);
    const at = (x: number, y: number) => restored[y * 640 + x];
    expect(at(Math.round(110 / 0.35), Math.round((55 - 28) / 0.35))).toBe(255);
    expect(at(Math.round(97 / 0.35), Math.round((55 - 28) / 0.35))).toBe(0);
    const area = restored.reduce((sum, value) => sum + value / 255, 0);
    expect(area).toBeCloseTo(200 / 0.35 ** 2, -2);
  });
});
