import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CostMatrix, DomainError, STUDY_COSTS, stageIndex } from '@blastwise/contracts';
import { buildHybrid, type HybridParts, loadWeights, readWeights } from '../architecture/index.ts';
import {
  type ArtifactContent,
  encodeFeatures,
  FEATURES_FILE,
  type NamedTensor,
  readSafetensors,
  saveArtifact,
} from '../artifact/index.ts';
import { CALIBRATION_METHOD, fitCalibration } from '../calibration/index.ts';
import { inspectDataset, readSplit, type Split, splitDataset } from '../dataset/index.ts';
import { type EngineName, selectEngine } from '../engine/index.ts';
import { exportLowerOnnx } from '../export/index.ts';
import { PREPROCESSING_VERSION } from '../images/index.ts';
import { mixSeed } from '../random/index.ts';
import { type CachedView, cacheViews, planViews } from './cache/index.ts';
import { removeFolder, writeWhole } from './checkpoint.ts';
import { STARTER_RECIPE, type TrainingConfig, trainingConfigSchema } from './config.ts';
import { dataHash, loadTrainingFields, type TrainingField } from './fields.ts';
import { type OnProgress, type Phase, reporter } from './progress.ts';
import { historyPlot, modelCard, type RunRecord } from './report/index.ts';
import { calibrationRecord } from './stages/calibration-record.ts';
import { answer, trainStages } from './stages/train-stages.ts';
import { judgeTestSide } from './test-side.ts';
import { loadMasks, trainMasks } from './unet/train-masks.ts';

export const TRAINABLE_MODELS = ['mobilenetv2'] as const;
export type TrainableModel = (typeof TRAINABLE_MODELS)[number];

/** ImageNet weights of the backbone, committed with the package (see weights/NOTICE). */
const BACKBONE_WEIGHTS = new URL(
  '../../weights/mobilenetv2-1.0-224-imagenet-notop.safetensors',
  import.meta.url,
);

type Recipe = Omit<TrainingConfig, 'costs' | 'seed'>;

export interface TrainOptions {
  readonly model: TrainableModel;
  /** A folder with one folder of images a stage. */
  readonly data: string;
  /** A split.json; without one the folder is split by groups. */
  readonly split?: string;
  readonly engine?: EngineName;
  /** Reported costs, and with a recipe's `costWeight` a part of the loss. The study's by default. */
  readonly costs?: CostMatrix;
  /** Epochs of the stages' fine-tuning instead of the recipe's. */
  readonly epochs?: number;
  /** Continue a run into the same `out` that was killed. */
  readonly resume?: boolean;
  readonly seed?: number;
  /** The artifact's folder; its state while training lies beside it in `<out>.training`. */
  readonly out: string;
  readonly overwrite?: boolean;
  readonly recipe?: Recipe;
  readonly onProgress?: OnProgress;
}

export interface TrainedArtifact {
  readonly dir: string;
  readonly digest: string;
  readonly run: RunRecord;
}

/** Measures the phases of a run: seconds of wall time by phase. */
function stopwatch() {
  const seconds: Partial<Record<Phase, number>> = {};
  const time = async <T>(phase: Phase, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await work();
    } finally {
      seconds[phase] = (seconds[phase] ?? 0) + (performance.now() - started) / 1000;
    }
  };
  return { seconds, time };
}

/**
 * The whole recipe: weak masks, U-Net, cached views of the frozen part, fine-tuning, calibration, judgement on the
 * test side, artifact. Every phase leaves its result in `<out>.training`, so a killed run can be resumed.
 *
 * @throws DomainError BAD_INPUT, NOT_FOUND, CONFLICT for what is given; ENGINE_UNAVAILABLE for the engine.
 */
export async function train(options: TrainOptions): Promise<TrainedArtifact> {
  const { onProgress = () => {}, resume = false, seed = 1 } = options;
  const out = resolve(options.out);
  const work = `${out}.training`;
  const config = configOf(options, seed);
  await refuseOccupied(out, options.overwrite ?? false);
  if (!resume) await removeFolder(work);
  await keepConfig(join(work, 'config.json'), config);
  const engine = await selectEngine(options.engine ?? 'auto');
  const { seconds, time } = stopwatch();

  const split = await splitOf(options, seed);
  const fields = await time('fields', () => {
    const report = reporter('fields', split.fields.length, onProgress);
    return loadTrainingFields(options.data, split.fields, join(work, 'weak-masks.safetensors'), report);
  });
  refuseEmptySides(fields);

  const masks = await time('masks', () => {
    const report = reporter('masks', config.masks.epochs * config.masks.stepsPerEpoch, onProgress);
    const checkpoint = join(work, 'masks.safetensors');
    return trainMasks(fields, config.hybrid, config.masks, {
      seed: mixSeed(seed, 1),
      checkpoint,
      resume,
      report,
    });
  });

  const parts = buildHybrid(config.hybrid);
  try {
    await loadBackbone(parts);
    loadMasks(parts.whole, masks.weights);
    const views = await time('cache', () =>
      cached(fields, parts, config, { seed: mixSeed(seed, 2), work, onProgress }),
    );
    const stages = await time('stages', () => {
      const steps = Math.floor(fields.filter((f) => f.side === 'train').length / config.stages.batch);
      const report = reporter('stages', config.stages.epochs * steps, onProgress);
      const checkpoint = join(work, 'stages.safetensors');
      return trainStages(fields, views, parts, config.stages, config.costs, {
        seed: mixSeed(seed, 3),
        checkpoint,
        resume,
        report,
      });
    });
    const content = describe(fields, views, parts, config, split);
    const plot = historyPlot([
      { title: 'Masks (U-Net)', history: masks.history },
      { title: 'Stages (backbone above the tap, head)', history: stages.history },
    ]);
    const known = {
      config,
      engine,
      data: dataRecord(fields, split),
      parts: {
        masks: { history: masks.history, bestEpoch: masks.bestEpoch },
        stages: { history: stages.history, bestEpoch: stages.bestEpoch },
      },
      calibration: content.record,
    };
    // Judged as it will serve, so it is saved once without its figures and once with them; the digest is the same.
    const draft = join(work, 'draft');
    const artifact: ArtifactContent = { ...content.artifact, run: { draft: true } };
    await saveArtifact(draft, artifact, { overwrite: true });
    const test = await time('artifact', () => {
      const copies = 5;
      const total = copies * fields.filter((f) => f.side === 'test').length;
      return judgeTestSide(draft, fields, config.costs, {
        seed,
        report: reporter('artifact', total, onProgress),
      });
    });
    const run: RunRecord = { ...known, seconds, test };
    const digest = await finish(out, artifact, run, plot, options.overwrite ?? false);
    await removeFolder(work);
    return { dir: out, digest, run };
  } finally {
    parts.dispose();
  }
}

/** Writes the artifact with its run record, history plot and card. */
async function finish(
  out: string,
  artifact: ArtifactContent,
  run: RunRecord,
  plot: string,
  overwrite: boolean,
) {
  // Through JSON: the record holds plain data only, and the manifest's type wants to see that.
  const content = { ...artifact, run: JSON.parse(JSON.stringify(run)) as ArtifactContent['run'] };
  const withFiles = (card: string) => ({
    ...content,
    files: { ...artifact.files, 'history.svg': plot, 'MODEL_CARD.md': card },
  });
  const digest = await saveArtifact(out, withFiles(''), { overwrite });
  await saveArtifact(out, withFiles(modelCard(artifact.name, digest, run)), { overwrite: true });
  return digest;
}

function configOf({ recipe = STARTER_RECIPE, costs = STUDY_COSTS, epochs }: TrainOptions, seed: number) {
  const stages = { ...recipe.stages, epochs: epochs ?? recipe.stages.epochs };
  return trainingConfigSchema.parse({ ...recipe, hybrid: { ...recipe.hybrid, seed }, stages, costs, seed });
}

async function refuseOccupied(out: string, overwrite: boolean): Promise<void> {
  if (overwrite || !(await stat(out).catch(() => null))) return;
  throw new DomainError('CONFLICT', `${out} exists already.`);
}

/** A run resumed with another configuration would be neither of the two. */
async function keepConfig(file: string, config: TrainingConfig): Promise<void> {
  const text = JSON.stringify(config);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null && kept !== text) {
    throw new DomainError('CONFLICT', 'The run to resume was started with another configuration.');
  }
  await writeWhole(file, new TextEncoder().encode(text));
}

async function splitOf(options: TrainOptions, seed: number): Promise<Split> {
  if (options.split) return readSplit(options.split);
  return splitDataset(await inspectDataset(options.data), { strategy: 'grouped', seed });
}

function refuseEmptySides(fields: readonly TrainingField[]): void {
  for (const side of ['train', 'validation', 'test'] as const) {
    if (!fields.some((f) => f.side === side))
      throw new DomainError('BAD_INPUT', `The split has no ${side} fields.`);
  }
}

async function loadBackbone({ whole }: HybridParts): Promise<void> {
  const file = fileURLToPath(BACKBONE_WEIGHTS);
  const { tensors } = readSafetensors(await readFile(file), 'The backbone weights file');
  if (loadWeights(whole, tensors, { partial: true }) < tensors.size) {
    throw new DomainError(
      'ARTIFACT_INVALID',
      'The backbone weights file holds weights that the backbone lacks.',
    );
  }
}

async function cached(
  fields: readonly TrainingField[],
  parts: HybridParts,
  config: TrainingConfig,
  { seed, work, onProgress }: { seed: number; work: string; onProgress: OnProgress },
): Promise<CachedView[]> {
  const plans = planViews(config.stages);
  const total = plans.reduce((sum, plan) => sum + fields.filter((f) => f.side === plan.side).length, 0);
  const weights = new Map(readWeights(parts.whole).map((w): [string, NamedTensor] => [w.name, w]));
  const onnx = await exportLowerOnnx(config.hybrid, weights);
  return cacheViews(fields, plans, onnx, {
    seed,
    folder: work,
    report: reporter('cache', total, onProgress),
  });
}

/** The answer-deciding content of the artifact and the calibration's record. */
function describe(
  fields: readonly TrainingField[],
  views: readonly CachedView[],
  { upper, whole }: HybridParts,
  config: TrainingConfig,
  split: Split,
) {
  const plainOf = (side: CachedView['side']) =>
    views.find((v) => v.side === side && v.kind === 'plain') as CachedView;
  const of = (side: CachedView['side']) => fields.filter((f) => f.side === side);
  const validation = answer(upper, plainOf('validation'));
  const labels = of('validation').map((f) => f.stage);
  const calibration = fitCalibration(validation.logits, labels);
  const training = answer(upper, plainOf('train'));
  const rows = [...of('train'), ...of('validation')];
  const groups = [...new Set(rows.map((f) => f.group))];
  const features = encodeFeatures({
    features: Float32Array.from([...training.features, ...validation.features]),
    dimension: training.dimension,
    labels: Uint8Array.from(rows, (f) => f.label),
    groups: Int32Array.from(rows, (f) => groups.indexOf(f.group)),
    sides: rows.map((f) => f.side),
  });
  const { temperature, bias, prior } = calibration;
  const artifact: Omit<ArtifactContent, 'run'> = {
    name: `${config.hybrid.backbone}-hybrid`,
    architecture: { kind: 'hybrid', config: config.hybrid },
    preprocessing: PREPROCESSING_VERSION,
    calibration: { method: CALIBRATION_METHOD, temperature, bias: [...bias], prior: [...prior] },
    weights: readWeights(whole),
    files: { [FEATURES_FILE]: features, 'split.json': `${JSON.stringify(split)}\n` },
  };
  return { artifact, record: calibrationRecord(calibration, validation.logits, labels) };
}

function dataRecord(fields: readonly TrainingField[], split: Split): RunRecord['data'] {
  const counts = (side: TrainingField['side']): [number, number, number, number] => {
    const count = [0, 0, 0, 0] as [number, number, number, number];
    for (const f of fields) if (f.side === side) count[stageIndex(f.stage) as 0 | 1 | 2 | 3] += 1;
    return count;
  };
  return {
    hash: dataHash(split.fields),
    strategy: split.strategy,
    groups: new Set(fields.map((f) => f.group)).size,
    train: counts('train'),
    validation: counts('validation'),
    test: counts('test'),
  };
}
