import { createHash } from 'node:crypto';
import { MATURITY_STAGES, type MaturityStage, STUDY_COSTS, stageIndex } from '@blastwise/contracts';
import { buildHead, buildHybrid, DEFAULT_HYBRID, loadWeights, readWeights } from '../architecture/index.ts';
import { randomiseWeights } from '../architecture/testing.ts';
import {
  CARD_FILE,
  encodeFeatures,
  FEATURES_FILE,
  type FeatureTable,
  SPLIT_FILE,
  saveArtifact,
} from '../artifact/index.ts';
import { CALIBRATION_METHOD, calibrate, fitCalibration } from '../calibration/index.ts';
import { fitConformal } from '../conformal/index.ts';
import type { Side, Split } from '../dataset/index.ts';
import { selectEngine } from '../engine/index.ts';
import { PREPROCESSING_VERSION } from '../images/index.ts';
import { fitOod } from '../ood/index.ts';
import { mixSeed, seededRandom } from '../random/index.ts';
import { LATE_TAP } from '../training/testing-run.ts';
import type { CorrectedField, ImageFingerprint } from './corrected-field.ts';
import { fitHead } from './fit-head.ts';
import { headLogits } from './head-logits.ts';
import { validationJudge } from './judge-validation.ts';
import type { RetrainingRecipe } from './recipe.ts';
import { gatherRows, rowsOf, stageOf } from './training-rows.ts';

export const TINY_HYBRID = {
  ...DEFAULT_HYBRID,
  tap: LATE_TAP,
  unetFilters: [2, 4],
  head: [16],
  dropout: 0.2,
  l2: 1e-4,
};
export const TINY_DIMENSION = 1280 + 2 * 4;
export const TINY_RETRAINING: RetrainingRecipe = {
  epochs: 6,
  batch: 16,
  peakRate: 2e-2,
  warmUp: 0.2,
  weightDecay: 0.01,
  patience: 6,
  labelSmoothing: 0.05,
  costWeight: 0,
};

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A made-up fingerprint that no other name's is near to. */
export function fingerprintOf(name: string): ImageFingerprint {
  const random = seededRandom(Number.parseInt(hashOf(name).slice(0, 8), 16));
  return {
    sha256: hashOf(name),
    pixels: hashOf(`pixels of ${name}`),
    quantiles: Float32Array.from({ length: 48 }, () => 100),
    thumbnail: Uint8Array.from({ length: 56 * 56 }, () => random.int(256)),
  };
}

/** Features of one field: ten of them tell the stage; a foreign look has its own ten and the old ones of another stage. */
export function featuresOf(stage: MaturityStage, seed: number, foreign = false): Float32Array {
  const random = seededRandom(seed);
  const features = Float32Array.from({ length: TINY_DIMENSION }, () => 0.3 * Math.abs(random.normal()));
  const own = stageIndex(stage);
  const raise = (block: number, by: number) => {
    for (let k = 10 * block; k < 10 * block + 10; k++) features[k] = (features[k] ?? 0) + by;
  };
  raise(foreign ? (own + 1) % 4 : own, 1);
  if (foreign) raise(4 + own, 1.5);
  return features;
}

/** Corrected fields of a look that the base has not learned, `perStage` of each stage, one to a case. */
export function foreignFields(perStage: number, seed = 1): CorrectedField[] {
  return MATURITY_STAGES.flatMap((stage) =>
    Array.from({ length: perStage }, (_, i): CorrectedField => {
      const id = `${stage}-${seed}-${i}`;
      return {
        id,
        group: `case-${id}`,
        stage,
        weight: 1,
        features: featuresOf(stage, mixSeed(seed, stageIndex(stage), i), true),
        fingerprint: fingerprintOf(id),
      };
    }),
  );
}

const PER_SIDE: readonly (readonly [Side, number])[] = [
  ['train', 32],
  ['validation', 12],
  ['calibration', 20],
];

function baseTable(): FeatureTable {
  const fields = MATURITY_STAGES.flatMap((stage) =>
    PER_SIDE.flatMap(([side, n]) => Array.from({ length: n }, (_, i) => ({ stage, side, i }))),
  );
  const features = new Float32Array(fields.length * TINY_DIMENSION);
  fields.forEach(({ stage }, row) => {
    features.set(featuresOf(stage, 1000 + row), row * TINY_DIMENSION);
  });
  return {
    features,
    dimension: TINY_DIMENSION,
    labels: Uint8Array.from(fields, ({ stage }) => stageIndex(stage)),
    groups: Int32Array.from(fields, (_, row) => Math.floor(row / 4)),
    sides: fields.map(({ side }) => side),
  };
}

const BASE_SPLIT: Split = {
  version: 1,
  strategy: 'grouped',
  seed: 1,
  fields: MATURITY_STAGES.flatMap((stage) =>
    (['train', 'test'] as const).map((side) => {
      const path = `${stage}/${side}.png`;
      return { path, stage, side, group: `${stage}-${side}`, sha256: hashOf(path) };
    }),
  ),
};

/** An artifact with random backbone whose head has learned the generated features, thresholds and all. */
export async function writeBase(dir: string, split: Split = BASE_SPLIT): Promise<void> {
  await selectEngine('wasm');
  const table = baseTable();
  const parts = buildHybrid(TINY_HYBRID);
  const head = buildHead({ ...TINY_HYBRID, widths: TINY_HYBRID.head, features: TINY_DIMENSION });
  try {
    randomiseWeights(parts.whole, 12);
    const n = table.labels.length;
    const rows = { table, weights: new Float32Array(n).fill(1), corrections: [], own: n };
    await fitHead(head, rows, {
      recipe: { ...TINY_RETRAINING, epochs: 8, peakRate: 1e-2 },
      costs: STUDY_COSTS,
      judge: validationJudge(head, rows, STUDY_COSTS),
      seed: 1,
    });
    loadWeights(parts.whole, new Map(readWeights(head).map((w) => [w.name, w])), { partial: true });
    const answered = async (side: Side) => {
      const some = rowsOf(rows, side);
      const data = gatherRows(table, some);
      const stages = some.map((row) => stageOf(table, row));
      return {
        data,
        dimension: TINY_DIMENSION,
        stages,
        logits: await headLogits(head, data),
      };
    };
    const [train, validation, held] = [
      await answered('train'),
      await answered('validation'),
      await answered('calibration'),
    ];
    const calibration = fitCalibration(validation.logits, validation.stages);
    const { temperature, bias, prior } = calibration;
    const probabilities = held.logits.map((z) => calibrate(z, calibration));
    const { ood, tensors } = fitOod(train, validation, { components: 4 });
    await saveArtifact(dir, {
      name: 'tiny',
      architecture: { kind: 'hybrid', config: TINY_HYBRID },
      preprocessing: PREPROCESSING_VERSION,
      calibration: { method: CALIBRATION_METHOD, temperature, bias: [...bias], prior: [...prior] },
      conformal: fitConformal(probabilities, held.stages),
      ood,
      run: { made: 'for a test' },
      weights: [...readWeights(parts.whole), ...tensors],
      files: {
        [FEATURES_FILE]: encodeFeatures(table),
        [SPLIT_FILE]: JSON.stringify(split),
        [CARD_FILE]: '# The card of the base\n',
      },
    });
  } finally {
    parts.dispose();
    head.dispose();
  }
}
