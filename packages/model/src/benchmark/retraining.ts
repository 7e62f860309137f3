import { DomainError, MATURITY_STAGES } from '@blastwise/contracts';
import { decodeFeatures, FEATURES_FILE, type FeatureTable, loadArtifact, sha256 } from '../artifact/index.ts';
import type { EngineName } from '../engine/index.ts';
import { generateField } from '../generator/index.ts';
import { encodePng } from '../images/index.ts';
import type { CorrectedField } from '../retraining/corrected-field.ts';
import type { CorrectedImage, ReadFile } from '../retraining/network/corrected-image.ts';
import { readCorrected } from '../retraining/read-corrected.ts';
import { RETRAINING_RECIPE } from '../retraining/recipe.ts';
import { retrainHead } from '../retraining/retrain-head.ts';
import { madeUpPrint } from './many-fields.ts';
import { type Timing, timeRuns } from './timing.ts';

/** How much the features of a made-up correction stand out from those of the row that it is made of. */
const SHIFT = 1.05;

/** Corrections made of the training rows in turn, each a case of its own with an image like no other. */
function madeUpCorrections(
  { features, dimension, labels, sides }: FeatureTable,
  n: number,
): CorrectedField[] {
  const rows = sides.flatMap((side, row) => (side === 'train' ? [row] : []));
  return Array.from({ length: n }, (_, i): CorrectedField => {
    const row = rows[i % rows.length] ?? 0;
    const id = `${i}`;
    return {
      id,
      group: id,
      stage: MATURITY_STAGES[labels[row] ?? 0] ?? 'Benign',
      weight: 1,
      features: features.slice(row * dimension, (row + 1) * dimension).map((value) => SHIFT * value),
      fingerprint: madeUpPrint(n, i),
    };
  });
}

/**
 * A whole retraining of an artifact's head from `n` corrected fields whose features are known: the artifact read, near-
 * duplicates searched among their images, every epoch over its cached features and theirs,
 * calibration, prediction sets, novelty threshold and card. Only the reading of images is not in it: see `timeRetraining`.
 *
 * @throws DomainError ARTIFACT_INVALID for an artifact without cached features.
 */
export async function timeHeadRetraining(
  dir: string,
  n: number,
  engine: EngineName = 'onnx',
): Promise<Timing> {
  const bytes = (await loadArtifact(dir)).file(FEATURES_FILE);
  if (!bytes) throw new DomainError('ARTIFACT_INVALID', 'The model holds no cached features.');
  const corrected = madeUpCorrections(decodeFeatures(bytes), n);
  const recipe = { ...RETRAINING_RECIPE, patience: RETRAINING_RECIPE.epochs };
  return timeRuns(() => retrainHead(dir, corrected, { recipe, engine }), { runs: 1, warmups: 0 });
}

/** Milliseconds of a retraining as a service does it. */
export interface RetrainingTime {
  /** The base's network over the corrected images, opened and all. */
  readonly reading: number;
  /** The head from what it saw, to calibration, thresholds and card. */
  readonly head: number;
}

/**
 * A whole retraining of an artifact's head from `n` generated images, as the service's job does it: every image is decoded,
 * fingerprinted and read by the network before the head learns for all of its epochs.
 *
 * @throws DomainError ARTIFACT_INVALID for an artifact without cached features.
 */
export async function timeRetraining(
  dir: string,
  n: number,
  engine: EngineName = 'onnx',
): Promise<RetrainingTime> {
  const files = new Map<string, Uint8Array>();
  const images: CorrectedImage[] = [];
  for (let i = 0; i < n; i++) {
    const stage = MATURITY_STAGES[i % MATURITY_STAGES.length] ?? 'Benign';
    const png = await encodePng(generateField({ seed: i, stage }).image);
    const id = `${i}`;
    files.set(sha256(png), png);
    images.push({ id, group: id, stage, weight: 1, sha256: sha256(png) });
  }
  const readFile: ReadFile = async (hash) => files.get(hash) ?? new Uint8Array();
  const recipe = { ...RETRAINING_RECIPE, patience: RETRAINING_RECIPE.epochs };
  const started = performance.now();
  const corrected = await readCorrected(dir, images, { readFile });
  const read = performance.now();
  await retrainHead(dir, corrected, { recipe, engine });
  return { reading: read - started, head: performance.now() - read };
}
