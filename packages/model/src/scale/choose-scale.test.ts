import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { createImage, resizeImage } from '../images/index.ts';
import { chooseScale } from './choose-scale.ts';
import { repeat, singleCell } from './testing.ts';
import { factorOf, MOST_ZOOM, TRAINING_CELL_DIAMETER } from './training-scale.ts';

describe('chooseScale', () => {
  it('leaves a field of the training size as it is, whatever it shows', async () => {
    const { plan, ...rest } = await chooseScale(createImage(224, 224, [200, 190, 205]));
    expect([plan.factor, plan.tiles.length]).toEqual([1, 1]);
    expect(rest).toEqual({ source: 'training', outOfScale: false });
  });

  it.each(MATURITY_STAGES.flatMap((stage) => [1.5, 2, 4].map((zoom) => [stage, zoom] as const)))(
    '%s enlarged %d times comes back to its size',
    async (stage, zoom) => {
      const { image } = generateField({ seed: 41, stage });
      const side = Math.round(224 * zoom);
      const { plan, source, outOfScale } = await chooseScale(await resizeImage(image, side, side));
      expect([source, outOfScale, plan.tiles.length]).toEqual(['estimated', false, 1]);
      expect(plan.factor).toBeCloseTo(1 / zoom, 6);
    },
  );

  it.each([1, 2, 3, 4])('brings a cell that fills its picture to the training scale, %d', async (seed) => {
    const { image, diameter } = await singleCell(seed, 360);
    const { plan, source } = await chooseScale(image);
    expect(source).toBe('estimated');
    expect(plan.factor * diameter).toBeGreaterThan(TRAINING_CELL_DIAMETER / 1.5);
    expect(plan.factor * diameter).toBeLessThan(TRAINING_CELL_DIAMETER * 1.5);
  });

  it('tiles a camera image with cells of training size', async () => {
    const { image } = generateField({ seed: 7, stage: 'Early' });
    const camera = repeat(image, 5);
    const { plan, outOfScale } = await chooseScale(camera);
    expect(outOfScale).toBe(false);
    expect(plan.factor).toBeGreaterThan(0.7);
    expect(plan.factor).toBeLessThan(1.4);
    expect(plan.tiles.length).toBeGreaterThan(16);
  });

  it('letterboxes what shows no cells', async () => {
    const { plan, outOfScale } = await chooseScale(createImage(640, 480, [210, 180, 200]));
    expect([plan.factor, plan.tiles.length, outOfScale]).toEqual([0.35, 1, false]);
  });

  it('takes the scale given, as a factor or as the diameter of a cell', async () => {
    const image = createImage(448, 448, [210, 180, 200]);
    expect(await chooseScale(image, { factor: 0.75 })).toMatchObject({
      source: 'given',
      plan: { factor: 0.75 },
    });
    const byCell = await chooseScale(image, { cellDiameter: 49.2 });
    expect(byCell.plan.factor).toBeCloseTo(0.5, 12);
    expect(byCell.plan.tiles).toHaveLength(1);
  });

  it('names an image that would take too many tiles, and letterboxes it', async () => {
    const { plan, outOfScale } = await chooseScale(createImage(2600, 2600, [210, 180, 200]), { factor: 3 });
    expect([plan.tiles.length, outOfScale]).toEqual([1, true]);
  });
});

it.each([
  { factor: 0 },
  { factor: MOST_ZOOM + 0.01 },
  { factor: Number.NaN },
  { cellDiameter: 8 },
  { cellDiameter: 0 },
])('refuses %j', (request) => {
  expect(() => factorOf(request)).toThrow('Give a scale of');
});
