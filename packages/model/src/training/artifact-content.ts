import type { MaturityStage } from '@blastwise/contracts';
import { type HybridParts, modelNameOf } from '../architecture/index.ts';
import {
  type ArtifactContent,
  encodeFeatures,
  FEATURES_FILE,
  SPLIT_FILE,
  saveArtifact,
} from '../artifact/index.ts';
import { CALIBRATION_METHOD, calibrate, fitCalibration, reliabilityPlot } from '../calibration/index.ts';
import { fitConformal } from '../conformal/index.ts';
import type { Side, Split } from '../dataset/index.ts';
import type { ModelEvidence } from '../evidence/index.ts';
import { PREPROCESSING_VERSION } from '../images/index.ts';
import { type FeatureRows, fitOod } from '../ood/index.ts';
import type { TrainingConfig } from './config.ts';
import type { TrainingField } from './fields.ts';
import { answersOf, sideRows } from './folds/index.ts';
import { cardFiles, historyPlot, type RunRecord } from './report/index.ts';
import { calibrationRecord, type StagesResult, type UpperAnswer } from './stages/index.ts';
import { copyWeights } from './weights.ts';

type Content = Omit<ArtifactContent, 'run'>;

/** Copies whose background lies are smears all the same: their features belong to what is familiar. */
const FAMILIAR_VIEWS = ['plain', 'recoloured', 'grey'] as const;

export interface TrainedContent {
  readonly content: Content;
  readonly calibration: RunRecord['calibration'];
}

/** The rows of one side, one after the other, of views that show the stage: what the features of smears look like. */
function featureRows(views: readonly UpperAnswer[], sides: readonly Side[], side: Side): FeatureRows {
  const rows = views.flatMap(({ fields, features, dimension }) =>
    fields.flatMap((field, i) =>
      sides[field] === side ? [features.subarray(i * dimension, (i + 1) * dimension)] : [],
    ),
  );
  const dimension = views[0]?.dimension ?? 0;
  const data = new Float32Array(rows.length * dimension);
  rows.forEach((row, i) => {
    data.set(row, i * dimension);
  });
  return { data, dimension };
}

/**
 * What decides the trained model's answers: weights; a calibration fitted on the unweighted validation side, plain view;
 * thresholds of the prediction sets from the calibration side, used for nothing else, where there is one; statistics and
 * threshold of the novelty score. With it go the features of the fields it was made from, enough to train the head again
 * without a pixel.
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
  const stageOf = (field: number): MaturityStage => fields[field]?.stage ?? 'Benign';
  const validation = sideRows(seen, sides, 'validation');
  const calibration = fitCalibration(
    validation.map((row) => row.logits),
    validation.map((row) => stageOf(row.field)),
  );
  const held = sideRows(seen, sides, 'calibration');
  const conformal = fitConformal(
    held.map((row) => calibrate(row.logits, calibration)),
    held.map((row) => stageOf(row.field)),
  );
  const familiar = FAMILIAR_VIEWS.flatMap((kind) => stages.answers[`judge-${kind}`] ?? []);
  const { ood, tensors } = fitOod(
    featureRows(familiar, sides, 'train'),
    featureRows([seen], sides, 'validation'),
  );
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
      name: `${modelNameOf(config.hybrid.backbone)}-${config.hybrid.variant ?? 'hybrid'}`,
      architecture: { kind: 'hybrid', config: config.hybrid },
      preprocessing: PREPROCESSING_VERSION,
      calibration: { method: CALIBRATION_METHOD, temperature, bias: [...bias], prior: [...prior] },
      ...(held.length > 0 && { conformal }),
      ood,
      weights: [...(await copyWeights(whole)), ...tensors],
      files: { [FEATURES_FILE]: table, [SPLIT_FILE]: `${JSON.stringify(split)}\n` },
    },
    calibration: calibrationRecord(
      calibration,
      validation.map((row) => row.logits),
      validation.map((row) => stageOf(row.field)),
    ),
  };
}

/** Saves the answer-deciding part only, so that the model can be judged as it will serve. */
export const saveDraft = (folder: string, content: Content): Promise<string> =>
  saveArtifact(folder, { ...content, run: { draft: true } }, { overwrite: true });

/** Writes the artifact with its run record, plots, evidence and card; returns the digest. */
export async function saveTrained(
  out: string,
  content: Content,
  run: RunRecord,
  evidence: ModelEvidence,
  overwrite: boolean,
): Promise<string> {
  const plot = historyPlot([
    { title: 'Masks (U-Net)', history: run.parts.masks.history },
    { title: 'Stages (backbone above the tap, head)', history: run.parts.stages.history },
  ]);
  const files = {
    ...content.files,
    'history.svg': plot,
    ...(run.outOfFold && { 'reliability.svg': reliabilityPlot(run.outOfFold.reliability) }),
    ...cardFiles({ ...content, digest: evidence.modelDigest }, run, evidence),
  };
  // Through JSON: the record is plain data, and the manifest's type wants to see that.
  const plain = JSON.parse(JSON.stringify(run)) as ArtifactContent['run'];
  return saveArtifact(out, { ...content, run: plain, files }, { overwrite });
}
