import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { buildHybrid, DEFAULT_HYBRID } from '../architecture/index.ts';
import { randomiseWeights } from '../architecture/testing.ts';
import { readWeights } from '../architecture/weights.ts';
import { SPLIT_FILE, saveArtifact } from '../artifact/index.ts';
import type { Split, SplitField } from '../dataset/index.ts';
import { selectEngine } from '../engine/index.ts';
import { generateField } from '../generator/index.ts';
import { encodePng, PREPROCESSING_VERSION, type RgbImage } from '../images/index.ts';
import { fitOod } from '../ood/index.ts';
import { seededRandom } from '../random/index.ts';
import { CONDITIONS } from '../robustness/index.ts';
import type { ModelEvidence } from './schema.ts';

/** Generated fields of every stage on disk, `perStage` each, all on the test side. For tests only. */
export async function writeTestSide(data: string, perStage: number): Promise<Split> {
  const fields: SplitField[] = [];
  for (const stage of MATURITY_STAGES) {
    await mkdir(join(data, stage), { recursive: true });
    for (let i = 0; i < perStage; i++) {
      const bytes = await encodePng(generateField({ seed: i + 1, stage }).image);
      await writeFile(join(data, stage, `${i}.png`), bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      fields.push({ path: `${stage}/${i}.png`, stage, side: 'test', group: `${stage}-${i}`, sha256 });
    }
  }
  return { version: 1, strategy: 'grouped', seed: 1, fields };
}

/** A random network's artifact: `whole` draws nuclei and scores novelty, the other does neither. For tests only. */
export async function writeTinyArtifact(dir: string, { whole, split }: { whole: boolean; split?: Split }) {
  await selectEngine('wasm');
  const config = {
    ...DEFAULT_HYBRID,
    unetFilters: [2, 4],
    head: [8],
    maskChannels: whole ? (2 as const) : (1 as const),
  };
  const parts = buildHybrid(config);
  randomiseWeights(parts.whole, 8);
  const random = seededRandom(3);
  const rows = { dimension: 1280 + 4, data: Float32Array.from({ length: 9 * 1284 }, () => random.next()) };
  const { ood, tensors } = fitOod(rows, rows, { components: 2 });
  await saveArtifact(dir, {
    name: 'random',
    architecture: { kind: 'hybrid', config },
    preprocessing: PREPROCESSING_VERSION,
    calibration: {
      method: 'temperature-bias-v1',
      temperature: 1,
      bias: [0, 0, 0, 0],
      prior: [0.25, 0.25, 0.25, 0.25],
    },
    run: {},
    ...(whole && { ood }),
    weights: [...readWeights(parts.whole), ...(whole ? tensors : [])],
    files: split ? { [SPLIT_FILE]: JSON.stringify(split) } : {},
  });
  parts.dispose();
}

const grey = (mask: Uint8Array, nuclei: Uint8Array, side: number): RgbImage => {
  const levels = Array.from(mask, (cell, i) => (nuclei[i] === 1 ? 255 : cell === 1 ? 128 : 0));
  return { width: side, height: side, data: Uint8Array.from(levels.flatMap((v) => [v, v, v])) };
};

/** One generated field in the place of every external set. For tests only. */
export async function writeExternalSets(folder: string): Promise<void> {
  const { image, mask, nuclei, cells } = generateField({ seed: 3, stage: 'Early' });
  const [png, drawn] = [await encodePng(image), await encodePng(grey(mask, nuclei, image.width))];
  const put = async (path: readonly string[], data: Uint8Array | string) => {
    await mkdir(join(folder, ...path.slice(0, -1)), { recursive: true });
    await writeFile(join(folder, ...path), data);
  };
  for (const set of ['small', 'large']) {
    await put(['wbc-segmentation', set, '001-image.png'], png);
    await put(['wbc-segmentation', set, '001-mask.png'], drawn);
  }
  const boxes = cells.map(({ x, y, radius: r }) => {
    const sides = { xmin: x - r, ymin: y - r, xmax: x + r, ymax: y + r };
    const box = Object.entries(sides).map(([tag, at]) => `<${tag}>${Math.round(at)}</${tag}>`);
    return `<object><name>WBC</name><bndbox>${box.join('')}</bndbox></object>`;
  });
  await put(['bccd', 'JPEGImages', 'one.png'], png);
  await put(['bccd', 'Annotations', 'one.xml'], `<annotation>${boxes.join('\n')}</annotation>`);
  for (const kind of ['lymphocyte', 'monocyte']) await put(['pbc', kind, 'one.png'], png);
}

const of = (mean: number, n = 40) => ({ mean, lower: mean - 0.05, upper: mean + 0.05, n });
const agreement = { dice: of(0.8), iou: of(0.7), failures: 2 };
const hand = { cell: agreement, nucleus: { dice: of(0.9), iou: of(0.82), failures: 1 } };
const boxes = { found: 50, matched: 40, recall: of(0.8), precision: of(0.8) };
const covered = { empty: 1, cells: of(9), cell: of(0.2), nucleus: of(0.1) };
const flagged = { n: 40, groups: 6, flagged: of(0.1), notAssessable: 3 };
const figure = { value: 0.9, lower: 0.8, upper: 0.95 };
const between = { lower: 0.8, upper: 1, method: 'group-bootstrap' as const };

/** Evidence with every part measured; the figures mean nothing. For tests only. */
export const WHOLE_EVIDENCE: ModelEvidence = {
  format: 'blastwise-evidence-1',
  modelDigest: 'd'.repeat(64),
  seed: 1,
  side: { name: 'test', fields: 300, groups: 12, learnedFrom: 0 },
  figures: {
    accuracy: figure,
    totalCost: { value: 10, lower: 0, upper: 30 },
    minimumRiskCost: { value: 11, lower: 2, upper: 33 },
    averageCost: { value: 1, lower: 0, upper: 3 },
    macroF1: { value: 0.88, lower: 0.71, upper: 0.96 },
    malignantToBenignRate: { value: 0, lower: 0, upper: 0.07 },
    ece: { value: 0.01, lower: 0.005, upper: 0.04 },
    nll: { value: 0.05, lower: 0.02, upper: 0.09 },
    notAssessable: { value: 2, lower: 0, upper: 5 },
    dice: { value: 0.95, lower: 0.93, upper: 0.96 },
    iou: { value: 0.9, lower: 0.87, upper: 0.92 },
  },
  fieldOverCells: {
    n: 40,
    groups: 6,
    cells: of(9),
    accuracy: { fields: of(0.9), shuffled: of(0.85), alone: of(0.6) },
    gain: { shuffled: of(0.05), alone: of(0.3) },
  },
  robustness: {
    n: 40,
    groups: 6,
    rows: [null, ...CONDITIONS].map((condition) => ({
      condition,
      n: 40,
      groups: 6,
      accuracy: 0.9,
      averageCost: 1.5,
      malignantToBenignRate: 0.01,
      deferredShare: 0.1,
      notAssessable: 2,
      intervals: {
        accuracy: between,
        averageCost: between,
        malignantToBenignRate: between,
        deferredShare: between,
      },
    })),
  },
  novelty: {
    passes: 0.98,
    fields: flagged,
    recoloured: flagged,
    pbc: { ...flagged, kinds: [{ kind: 'lymphocyte', n: 40, flagged: of(0.2) }] },
    bccd: flagged,
  },
  masks: {
    coverage: {
      n: 40,
      groups: 6,
      stages: MATURITY_STAGES.map((stage) => ({
        stage,
        n: 10,
        methods: { hsv: covered, stain: covered, unet: covered },
      })),
    },
    hand: { n: 40, sets: [{ set: 'all', n: 40, methods: { hsv: hand, stain: hand, unet: hand } }] },
    boxes: { fields: 20, truth: 48, methods: { hsv: boxes, stain: boxes, unet: boxes } },
  },
  explanation: {
    n: 40,
    groups: 6,
    randomisation: { head: of(0.4), upper: of(0.02) },
    energy: { onCells: of(0.5), cellArea: of(0.2) },
  },
};

export type Path = readonly (string | number)[];

/** Every key of every object, down to the first of each list. For tests only. */
export function keysOf(value: unknown, at: Path = []): Path[] {
  if (Array.isArray(value)) return keysOf(value[0], [...at, 0]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...keysOf(inner, [...at, key])]);
}

/** A copy in which what lies at `path` is gone, or changed. For tests only. */
export function changed(value: unknown, [key, ...rest]: Path, to: { readonly value?: unknown }): unknown {
  if (Array.isArray(value)) return value.map((inner, i) => (i === key ? changed(inner, rest, to) : inner));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, inner]) => {
      if (name !== key) return [[name, inner]];
      if (rest.length > 0) return [[name, changed(inner, rest, to)]];
      return 'value' in to ? [[name, to.value]] : [];
    }),
  );
}
