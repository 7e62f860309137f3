import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analysisSchema } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHybrid, DEFAULT_HYBRID, readWeights } from '../architecture/index.ts';
import { maxDifference, randomiseWeights } from '../architecture/testing.ts';
import { type ArtifactContent, saveArtifact } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import { createImage, PREPROCESSING_VERSION, type RgbImage } from '../images/index.ts';
import { seededRandom } from '../random/index.ts';
import { openPredictor, type Predictor } from './predictor.ts';

const config = { ...DEFAULT_HYBRID, unetFilters: [2, 4, 4], head: [8] };

/** Blots of many colours on a pale ground. */
function blots(width: number, height: number, seed: number): RgbImage {
  const random = seededRandom(seed);
  const image = createImage(width, height, [230, 220, 225]);
  for (let i = 0; i < 8; i++) {
    const [x0, y0, r] = [random.int(width), random.int(height), 8 + random.int(30)];
    const colour = [random.int(256), random.int(256), random.int(256)];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if ((x - x0) ** 2 + (y - y0) ** 2 < r * r) image.data.set(colour, (y * width + x) * 3);
      }
    }
  }
  return image;
}

describe('openPredictor', () => {
  let root = '';
  let content: ArtifactContent;
  let predictor: Predictor;
  beforeAll(async () => {
    await selectEngine('wasm');
    const parts = buildHybrid(config);
    randomiseWeights(parts.whole, 12);
    content = {
      name: 'random',
      architecture: { kind: 'hybrid', config },
      preprocessing: PREPROCESSING_VERSION,
      calibration: {
        method: 'temperature-bias-v1',
        temperature: 2,
        bias: [0, 0, 0, 0],
        prior: [0.25, 0.25, 0.25, 0.25],
      },
      run: {},
      weights: readWeights(parts.whole),
    };
    parts.dispose();
    root = mkdtempSync(join(tmpdir(), 'blastwise-predictor-'));
    await saveArtifact(join(root, 'model'), content);
    predictor = await openPredictor(join(root, 'model'), { threads: 1, batch: 2 });
  });
  afterAll(async () => {
    await predictor.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('answers images of any size with an analysis, every version and a mask of their size', async () => {
    const images = [blots(224, 224, 1), blots(300, 120, 2), blots(64, 64, 3)];
    const predictions = await predictor.predict(images);
    predictions.forEach(({ analysis, mask, logits, features }, i) => {
      expect(analysisSchema.parse(analysis)).toEqual(analysis);
      const { width, height } = images[i] ?? analysis;
      expect([analysis.width, analysis.height, mask.length]).toEqual([width, height, width * height]);
      expect(mask.every((v) => v === 0 || v === 255)).toBe(true);
      expect(analysis.maskFraction).toBeCloseTo(mask.filter((v) => v > 0).length / mask.length, 10);
      expect([logits.length, features.length]).toEqual([4, 1280 + 2 * 4]);
      expect(analysis.versions).toEqual({
        modelDigest: predictor.artifact.digest,
        modelName: 'random',
        preprocessing: PREPROCESSING_VERSION,
        calibration: 'temperature-bias-v1',
      });
    });
  });

  it('explains where asked: the same answer, and parts that add up to its logits', async () => {
    const images = [blots(224, 224, 4), blots(300, 300, 5), blots(224, 224, 6)];
    const plain = await predictor.predict(images);
    const explained = await predictor.predict(images, { explain: true });
    expect(plain.map(({ explanation }) => explanation)).toEqual([null, null, null]);
    explained.forEach(({ analysis, explanation, ...rest }, i) => {
      const { analysis: before, explanation: _, ...same } = plain[i] ?? explained[0] ?? {};
      expect(rest).toEqual(same);
      expect({ ...analysis, whiteCells: null }).toEqual({ ...before, whiteCells: null });
      expect(before?.whiteCells?.every((cell) => cell.contributions === null)).toBe(true);
      expect(analysis.whiteCells).toHaveLength(analysis.cells);
      const { cells = [], background, maskedImage, offset } = explanation ?? {};
      expect(analysis.whiteCells?.map((cell) => Object.values(cell.contributions ?? {}))).toEqual(cells);
      const parts = [...cells, background, maskedImage, offset];
      const mean = rest.logits.reduce((a, b) => a + b, 0) / 4;
      rest.logits.forEach((logit, s) => {
        expect(parts.reduce((sum, part) => sum + (part?.[s] ?? 0), 0)).toBeCloseTo(logit - mean, 4);
      });
    });
    expect(explained.some(({ analysis }) => analysis.cells > 0)).toBe(true);
  });

  it('answers a batch as it answers each image alone', async () => {
    const images = [4, 5, 6].map((seed) => blots(224, 224, seed));
    const together = await predictor.predict(images);
    for (const [i, image] of images.entries()) {
      const [alone] = await predictor.predict([image]);
      expect(maxDifference(alone?.logits ?? [], together[i]?.logits ?? [])).toBeLessThan(1e-4);
      expect(alone?.analysis.cells).toBe(together[i]?.analysis.cells);
      expect(alone?.mask).toEqual(together[i]?.mask);
    }
  });

  it('refuses a model made for another preprocessing', async () => {
    const dir = join(root, 'other');
    await saveArtifact(dir, { ...content, preprocessing: 'field-512-v9' });
    await expect(openPredictor(dir)).rejects.toThrow('field-512-v9');
  });
});
