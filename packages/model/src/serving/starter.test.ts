import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MATURITY_STAGES, STUDY_COSTS, toStageVector } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeFeatures, FEATURES_FILE } from '../artifact/index.ts';
import { parseSplit, refuseLeaks, type Split } from '../dataset/index.ts';
import { decide } from '../decision/index.ts';
import { checkParity, exportOnnx, PARITY_TOLERANCE } from '../export/index.ts';
import { generateField } from '../generator/index.ts';
import { decodeImage, encodeJpeg, type RgbImage } from '../images/index.ts';
import { openPredictor, type Predictor, STARTER_DIR } from './predictor.ts';

const FIELDS = fileURLToPath(new URL('../../../../../shared/data/taleqani-all/Original/', import.meta.url));

/** A white scale bar where real fields carry one. */
function withScaleBar(image: RgbImage): RgbImage {
  const data = image.data.slice();
  for (let y = 194; y < 222; y++)
    for (let x = 193; x < 224; x++) data.set([255, 255, 255], 3 * (y * image.width + x));
  return { ...image, data };
}

function dice(ours: Uint8Array, truth: Uint8Array): number {
  const both = truth.reduce((sum, value, i) => sum + (value > 0 && (ours[i] ?? 0) > 0 ? 1 : 0), 0);
  const all = truth.reduce((sum, value, i) => sum + Number(value > 0) + Number((ours[i] ?? 0) > 0), 0);
  return all === 0 ? 1 : (2 * both) / all;
}

describe.skipIf(!existsSync(STARTER_DIR))('the starter model', () => {
  let predictor: Predictor;
  beforeAll(async () => {
    predictor = await openPredictor(STARTER_DIR, { threads: 1 });
  });
  afterAll(() => predictor.close());

  /** The largest change of a probability when each image is given a scale bar, and how many stages change. */
  async function ablateScaleBar(images: readonly RgbImage[]) {
    const [plain, marked] = [
      await predictor.predict(images),
      await predictor.predict(images.map(withScaleBar)),
    ];
    const changes = plain.map(({ analysis }, i) => {
      const other = marked[i]?.analysis;
      const moved = MATURITY_STAGES.map((stage) =>
        Math.abs(analysis.probabilities[stage] - (other?.probabilities[stage] ?? Number.NaN)),
      );
      return { moved: Math.max(...moved), stage: analysis.stage !== other?.stage };
    });
    return {
      moved: Math.max(...changes.map((c) => c.moved)),
      stages: changes.filter((c) => c.stage).length,
    };
  }

  const fileOf = (name: string): Uint8Array => predictor.artifact.file(name) ?? new Uint8Array(0);
  const splitOf = (): Split => parseSplit(new TextDecoder().decode(fileOf('split.json')));

  it('holds at most 25 MB: weights, card, and features instead of the pixels that it was trained on', () => {
    const names = readdirSync(STARTER_DIR);
    expect(names.filter((name) => !/\.(json|safetensors|md|svg)$/.test(name))).toEqual([]);
    const bytes = names.reduce((sum, name) => sum + statSync(join(STARTER_DIR, name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(25_000_000);
    const kept = splitOf().fields.filter(({ side }) => side !== 'test');
    const { labels, groups, sides, features, dimension } = decodeFeatures(fileOf(FEATURES_FILE));
    expect([labels.length, groups.length, sides.length]).toEqual([kept.length, kept.length, kept.length]);
    expect(features).toHaveLength(kept.length * dimension);
    expect(sides.filter((side) => side === 'train')).toHaveLength(
      kept.filter(({ side }) => side === 'train').length,
    );
  });

  it('was trained on groups that lie on one side each, and says so in a card of its own digest', () => {
    const split = splitOf();
    expect(split.strategy).toBe('grouped');
    expect(() => refuseLeaks(split.fields)).not.toThrow();
    expect(predictor.artifact.card).toContain(predictor.artifact.digest);
  });

  it('answers as an ONNX file what it answers in tfjs', async () => {
    const { artifact } = predictor;
    const seen = await checkParity(artifact, await exportOnnx(artifact));
    expect(seen.fields).toBe(4);
    expect(seen.probability).toBeLessThanOrEqual(PARITY_TOLERANCE.probability);
    expect(seen.mask).toBeLessThanOrEqual(PARITY_TOLERANCE.mask);
  });

  it.each([
    ['as drawn', async (image: RgbImage) => image],
    [
      'as JPEG files like those of the demo',
      async (image: RgbImage) => decodeImage(await encodeJpeg(image, 75)),
    ],
  ])('finds nine of ten generated fields like those that it learned from, %s', async (_, photograph) => {
    const drawn = MATURITY_STAGES.flatMap((stage) =>
      [11, 12, 13, 14, 15, 905].map((seed) => generateField({ seed, stage }).image),
    );
    const predictions = await predictor.predict(await Promise.all(drawn.map(photograph)));
    const flags = predictions.map(({ analysis }) => analysis.outOfDistribution?.flag);
    expect(flags.filter((flag) => flag === false).length).toBeGreaterThanOrEqual(0.9 * drawn.length);
  });

  it.each(MATURITY_STAGES)('finds and counts the white cells of generated fields, %s', async (stage) => {
    const fields = [31, 32].map((seed) => generateField({ seed, stage }));
    const predictions = await predictor.predict(fields.map(({ image }) => image));
    predictions.forEach(({ analysis, mask }, i) => {
      const { mask: truth = mask, cells = [] } = fields[i] ?? {};
      expect(analysis.assessable).toBe(true);
      expect(dice(mask, truth)).toBeGreaterThan(0.8);
      expect(Math.abs(analysis.cells - cells.length)).toBeLessThanOrEqual(2);
    });
  });

  it('names no stage for a generated field without white cells, or leaves it to a reader', async () => {
    const images = MATURITY_STAGES.map((stage) => generateField({ seed: 3, stage, cells: 0 }).image);
    for (const { analysis } of await predictor.predict(images)) {
      const decision = decide(toStageVector(analysis.probabilities), STUDY_COSTS, analysis);
      expect(decision.stage === null || decision.defer).toBe(true);
    }
  });

  it('does not heed a scale bar on generated fields', async () => {
    const images = MATURITY_STAGES.map((stage) => generateField({ seed: 33, stage }).image);
    const { moved, stages } = await ablateScaleBar(images);
    expect(stages).toBe(0);
    expect(moved).toBeLessThan(0.05);
  });

  it.skipIf(!existsSync(FIELDS))('does not heed a scale bar on test fields (../shared/data)', async () => {
    const paths = MATURITY_STAGES.flatMap((stage) =>
      splitOf()
        .fields.filter((f) => f.side === 'test' && f.stage === stage)
        .slice(0, 4),
    ).map(({ path }) => `${FIELDS}${path}`);
    const images = await Promise.all(paths.map((path) => decodeImage(readFileSync(path))));
    expect(images).toHaveLength(16);
    const { moved, stages } = await ablateScaleBar(images);
    expect(stages).toBe(0);
    expect(moved).toBeLessThan(0.02);
  });
});
