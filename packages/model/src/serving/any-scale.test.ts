import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { cropImage, type RgbImage } from '../images/index.ts';
import { TRAINING_CELL_DIAMETER } from '../scale/index.ts';
import { repeat, singleCell, truthOf } from '../scale/testing.ts';
import { countOverlap, diceOf } from '../segmentation/evaluation/index.ts';
import { openPredictor, type Predictor, STARTER_DIR } from './predictor.ts';

/** 1 a pixel where a picture is white. */
const whiteIn = ({ data }: RgbImage): Uint8Array =>
  Uint8Array.from({ length: data.length / 3 }, (_, i) => ((data[3 * i] ?? 0) >= 128 ? 1 : 0));

describe('the starter model at any scale', () => {
  let predictor: Predictor;
  beforeAll(async () => {
    predictor = await openPredictor(STARTER_DIR, { threads: 1 });
  });
  afterAll(() => predictor.close());

  async function read(image: RgbImage, truth: RgbImage) {
    const [prediction] = await predictor.predict([image]);
    if (!prediction) throw new Error('The image was not answered.');
    const { analysis, mask } = prediction;
    expect([analysis.width, analysis.height]).toEqual([image.width, image.height]);
    expect(mask).toHaveLength(image.width * image.height);
    return { analysis, scale: analysis.scale, dice: diceOf(countOverlap(mask, whiteIn(truth))) };
  }

  it.each([1, 2, 4])('reads one cell that fills a picture of 360 px in one tile, %d', async (seed) => {
    const { image, truth, diameter } = await singleCell(seed, 360);
    const { analysis, scale, dice } = await read(image, truth);
    expect(analysis).toMatchObject({ cells: 1, reasons: [] });
    expect(scale).toMatchObject({ source: 'estimated', tiles: 1 });
    const shown = diameter * (scale?.factor ?? 0);
    expect(Math.max(shown / TRAINING_CELL_DIAMETER, TRAINING_CELL_DIAMETER / shown)).toBeLessThan(1.5);
    expect(dice).toBeGreaterThan(0.75);
  });

  it('reads a picture of 2,048 px in tiles of 224 px that share 48, its masks in their places', async () => {
    const drawn = generateField({ seed: 7, stage: 'Early' });
    const whole = { left: 0, top: 0, right: 2048, bottom: 2048 };
    const picture = (field: RgbImage) => cropImage(repeat(field, 10), whole);
    const { scale, dice } = await read(picture(drawn.image), picture(truthOf(drawn)));
    const { factor = 0, tiles } = scale ?? {};
    expect(factor).toBeGreaterThan(0.7);
    expect(factor).toBeLessThan(1.4);
    // At the factor 1 there would be (2,048 - 48) / 176 = 11.4, so 12 a side.
    const side = Math.round(2048 * factor);
    expect(scale).toMatchObject({ source: 'estimated' });
    expect(tiles).toBe(Math.ceil((side - 48) / 176) ** 2);
    expect(dice).toBeGreaterThan(0.75);
  }, 180_000);
});
