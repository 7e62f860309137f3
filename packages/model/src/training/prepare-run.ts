import { join, resolve } from 'node:path';
import { type CostMatrix, stageIndex } from '@blastwise/contracts';
import type { HybridParts, ModelName } from '../architecture/index.ts';
import type { NamedTensor } from '../artifact/index.ts';
import type { Side, Split } from '../dataset/index.ts';
import { type EngineName, selectEngine } from '../engine/index.ts';
import { exportLowerOnnx } from '../export/index.ts';
import { mixSeed } from '../random/index.ts';
import { type BackboneStart, backboneStart, type StartOptions, startingParts } from './backbone-start.ts';
import { type CachedView, cacheViews, planViews, shownBy } from './cache/index.ts';
import { removeFolder } from './checkpoint.ts';
import type { Recipe, TrainingConfig } from './config.ts';
import { dataHash, loadTrainingFields, type TrainingField } from './fields.ts';
import { foldSides } from './folds/index.ts';
import { refuseTooLarge } from './memory-guard.ts';
import { type OnProgress, reporter, stopwatch } from './progress.ts';
import { defaultFineTuning, type FineTuning, type Published, recipeOf } from './recipes.ts';
import {
  configOf,
  keepSeconds,
  keepStart,
  keptSeconds,
  refuseEmptySides,
  refuseOccupied,
  refuseUnfinished,
  splitOf,
} from './run-inputs.ts';
import { runStagesJobs, type StagesJob, type StagesResult } from './stages/index.ts';
import { loadMasks, type TrainedMasks, trainMasks } from './unet/train-masks.ts';
import { copyWeights } from './weights.ts';

/** What a run is asked for, whatever comes of it. */
export interface RunOptions extends StartOptions, Published {
  /** A folder with one folder of images a stage. */
  readonly data: string;
  /** A split.json; without one the folder is split by groups. */
  readonly split?: string;
  readonly engine?: EngineName;
  /** The costs of the report, and with a recipe's `costWeight` a part of the loss. The study's by default. */
  readonly costs?: CostMatrix;
  /** The starter's by default. */
  readonly model?: ModelName;
  /** What of the backbone is trained; by default what the engine can. */
  readonly fineTuning?: FineTuning;
  /** Epochs of the stages' fine-tuning instead of the recipe's. */
  readonly epochs?: number;
  /** Epochs of the masks' training instead of the recipe's. */
  readonly maskEpochs?: number;
  /** Also judge every field by a training that never saw its group, over this many folds. */
  readonly folds?: number;
  /** Continue a run into the same `out` that was killed. */
  readonly resume?: boolean;
  readonly seed?: number;
  /** The result's folder; the state of the run lies beside it, in `<out>.training`, until it is done. */
  readonly out: string;
  readonly overwrite?: boolean;
  /** Instead of the model's own. */
  readonly recipe?: Recipe;
  readonly onProgress?: OnProgress;
}

/** What every phase of one run needs. */
export interface Run {
  readonly config: TrainingConfig;
  readonly fields: readonly TrainingField[];
  readonly work: string;
  readonly resume: boolean;
  readonly onProgress: OnProgress;
}

/** Each phase has a seed of its own, so that a resumed run draws on as if it had not stopped. */
const PHASE_SEEDS = { masks: 1, cache: 2, stages: 3 } as const;

/** A run up to the trainings of the stages. */
export interface PreparedRun extends Run {
  readonly out: string;
  readonly split: Split;
  readonly engine: Awaited<ReturnType<typeof selectEngine>>;
  readonly seconds: Readonly<Record<string, number>>;
  readonly time: ReturnType<typeof stopwatch>['time'];
  readonly masks: TrainedMasks;
  /** The network with the backbone's first weights and the trained U-Net; the caller disposes of it. */
  readonly parts: HybridParts;
  readonly views: readonly CachedView[];
  /** What the backbone's weights are loaded from; null where they are drawn. */
  readonly backboneFile: BackboneStart['file'];
  /** The side of every field in each fold's training. */
  readonly folds: readonly (readonly Side[])[];
}

/**
 * All that comes before the stages are learned: fields and their weak masks, the U-Net, cached views of the frozen part. Every
 * phase leaves its result in `<out>.training`, so a killed run can be resumed.
 *
 * @throws DomainError BAD_INPUT, NOT_FOUND, CONFLICT for what is given; ENGINE_UNAVAILABLE for the engine.
 */
export async function prepareRun(options: RunOptions): Promise<PreparedRun> {
  const { onProgress = () => {}, resume = false, overwrite = false, seed = 1 } = options;
  const out = resolve(options.out);
  const work = `${out}.training`;
  await refuseOccupied(out, overwrite);
  const engine = await selectEngine(options.engine ?? 'auto');
  const { model = 'mobilenetv2' } = options;
  const { fineTuning = defaultFineTuning(model, engine.name) } = options;
  const { recipe = recipeOf(model, fineTuning, options) } = options;
  await refuseTooLarge(configOf({ ...options, recipe, seed }), engine.name);
  const { initial, file: backboneFile } = await backboneStart(recipe.hybrid, options);
  const config = configOf({ ...options, recipe, seed, ...(initial && { initial }) });
  if (!resume && !overwrite) await refuseUnfinished(work);
  const split = await splitOf(options.data, options.split, seed);
  refuseEmptySides(split);
  if (!resume) await removeFolder(work);
  await keepStart(join(work, 'config.json'), config, dataHash(split.fields));

  const clock = join(work, 'seconds.json');
  const { seconds, time: timed } = stopwatch(await keptSeconds(clock));
  const time: typeof timed = (phase, work) => timed(phase, work).finally(() => keepSeconds(clock, seconds));
  const fields = await time('fields', () => {
    const report = reporter('fields', split.fields.length, onProgress);
    return loadTrainingFields(options.data, split.fields, join(work, 'weak-masks.safetensors'), report);
  });
  const run: Run = { config, fields, work, resume, onProgress };
  const masks = await time('masks', () => fitMasks(run));
  const parts = await startingParts(config, backboneFile);
  try {
    loadMasks(parts.whole, masks.weights);
    const views = await time('cache', () => cache(run, parts));
    const folds = foldSides(fields, config.folds, config.seed);
    return { ...run, out, split, engine, seconds, time, masks, parts, backboneFile, views, folds };
  } catch (error) {
    parts.dispose();
    throw error;
  }
}

function fitMasks({ config, fields, work, resume, onProgress }: Run) {
  const { hybrid, masks, seed } = config;
  const report = reporter('masks', masks.epochs * masks.stepsPerEpoch, onProgress);
  const checkpoint = join(work, 'masks.safetensors');
  return trainMasks(fields, hybrid, masks, {
    seed: mixSeed(seed, PHASE_SEEDS.masks),
    checkpoint,
    resume,
    report,
  });
}

async function cache(run: Run, { whole }: HybridParts): Promise<CachedView[]> {
  const { config, fields, work, onProgress } = run;
  const plans = planViews(config.stages, config.folds);
  const total = plans.reduce((sum, plan) => sum + shownBy(plan, fields).length, 0);
  const weights = new Map((await copyWeights(whole)).map((w): [string, NamedTensor] => [w.name, w]));
  const onnx = await exportLowerOnnx(config.hybrid, weights);
  const report = reporter('cache', total, onProgress);
  return cacheViews(fields, plans, onnx, {
    seed: mixSeed(config.seed, PHASE_SEEDS.cache),
    folder: work,
    report,
  });
}

/** The run's own training. */
export const ownJob = (run: PreparedRun): StagesJob => ({
  ...jobOf(
    run,
    0,
    run.fields.map(({ side }) => side),
  ),
  name: 'stages',
  ask: ['train', 'validation', 'calibration'],
});

/** The training of one fold, 0-based: what it learned is asked about the fields that it never saw. */
export const foldJob = (run: PreparedRun, fold: number): StagesJob => ({
  ...jobOf(run, fold + 1, run.folds[fold] ?? []),
  name: `fold-${fold + 1}`,
  ask: ['validation', 'calibration', 'test'],
});

function jobOf(
  { config, backboneFile, fields, views, work, resume }: PreparedRun,
  nth: number,
  sides: readonly Side[],
): Omit<StagesJob, 'name' | 'ask'> {
  return {
    config,
    backboneFile,
    fields: fields.map(({ stage }, f) => ({ label: stageIndex(stage), side: sides[f] ?? 'test' })),
    views,
    seed: mixSeed(config.seed, PHASE_SEEDS.stages, nth),
    folder: work,
    resume,
  };
}

/** Runs trainings of the stages side by side under one bar. */
export function runJobs(
  { engine, onProgress }: Pick<PreparedRun, 'engine' | 'onProgress'>,
  jobs: readonly StagesJob[],
): Promise<StagesResult[]> {
  const steps = jobs.reduce((sum, { fields, config: { stages } }) => {
    const training = fields.filter((f) => f.side === 'train').length;
    return sum + stages.epochs * Math.max(1, Math.floor(training / stages.batch));
  }, 0);
  return runStagesJobs(jobs, engine.name, reporter('stages', steps, onProgress));
}
