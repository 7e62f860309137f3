import type { HybridParts } from '../architecture/index.ts';
import { type ArtifactContent, encodeFeatures, FEATURES_FILE, saveArtifact } from '../artifact/index.ts';
import { CALIBRATION_METHOD, fitCalibration } from '../calibration/index.ts';
import type { Split } from '../dataset/index.ts';
import { PREPROCESSING_VERSION } from '../images/index.ts';
import type { TrainingConfig } from './config.ts';
import type { TrainingField } from './fields.ts';
import { answersOf, sideRows } from './folds/index.ts';
import { historyPlot, modelCard, type RunRecord } from './report/index.ts';
import { calibrationRecord, type StagesResult } from './stages/index.ts';
import { copyWeights } from './weights.ts';

type Content = Omit<ArtifactContent, 'run'>;

export interface TrainedContent {
  readonly content: Content;
  readonly calibration: RunRecord['calibration'];
}

/**
 * What decides the trained model's answers: weights, and a calibration fitted on the unweighted validation side, plain
 * view. With it go the features of the fields it was made from, enough to train the head again without a pixel.
 */
export async function trainedContent(
  fields: readonly TrainingField[],
  stages: StagesResult,
  { whole }: HybridParts,
  config: TrainingConfig,
  split: Split,
): Promise<TrainedContent> {
  const seen = answersOf(stages, 'plain');
  const sides = fields.map((f) => f.side);
  const validation = sideRows(seen, sides, 'validation');
  const labels = validation.map(({ field }) => fields[field]?.stage ?? 'Benign');
  const logits = validation.map((row) => row.logits);
  const calibration = fitCalibration(logits, labels);
  const rows = seen.fields.flatMap((field) => fields[field] ?? []);
  const groups = [...new Set(rows.map((f) => f.group))];
  const table = encodeFeatures({
    features: seen.features,
    dimension: seen.dimension,
    labels: Uint8Array.from(rows, (f) => f.label),
    groups: Int32Array.from(rows, (f) => groups.indexOf(f.group)),
    sides: rows.map((f) => f.side),
  });
  const { temperature, bias, prior } = calibration;
  return {
    content: {
      name: `${config.hybrid.backbone}-hybrid`,
      architecture: { kind: 'hybrid', config: config.hybrid },
      preprocessing: PREPROCESSING_VERSION,
      calibration: { method: CALIBRATION_METHOD, temperature, bias: [...bias], prior: [...prior] },
      weights: await copyWeights(whole),
      files: { [FEATURES_FILE]: table, 'split.json': `${JSON.stringify(split)}\n` },
    },
    calibration: calibrationRecord(calibration, logits, labels),
  };
}

/** Saves the answer-deciding part only, so that the model can be judged as it will serve. */
export const saveDraft = (folder: string, content: Content): Promise<string> =>
  saveArtifact(folder, { ...content, run: { draft: true } }, { overwrite: true });

/** Writes the artifact with its run record, history plot and card; returns the digest. */
export async function saveTrained(
  out: string,
  content: Content,
  run: RunRecord,
  digest: string,
  overwrite: boolean,
): Promise<string> {
  const plot = historyPlot([
    { title: 'Masks (U-Net)', history: run.parts.masks.history },
    { title: 'Stages (backbone above the tap, head)', history: run.parts.stages.history },
  ]);
  const files = {
    ...content.files,
    'history.svg': plot,
    'MODEL_CARD.md': modelCard(content.name, digest, run),
  };
  // Through JSON: the record is plain data, and the manifest's type wants to see that.
  const plain = JSON.parse(JSON.stringify(run)) as ArtifactContent['run'];
  return saveArtifact(out, { ...content, run: plain, files }, { overwrite });
}
