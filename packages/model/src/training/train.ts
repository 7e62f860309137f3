import { join, resolve } from 'node:path';
import { type CostMatrix, stageIndex } from '@blastwise/contracts';
import { buildHybrid, type HybridParts, loadWeights } from '../architecture/index.ts';
import type { NamedTensor } from '../artifact/index.ts';
import { type Side, type Split, verifySplit } from '../dataset/index.ts';
import { type ChosenEngine, type EngineName, selectEngine } from '../engine/index.ts';
import {
  type ExternalSets,
  findExternalSets,
  type ModelEvidence,
  measureEvidence,
} from '../evidence/index.ts';
import { exportLowerOnnx } from '../export/index.ts';
import { mixSeed } from '../random/index.ts';
import { saveDraft, saveTrained, trainedContent } from './artifact-content.ts';
import { type CachedView, cacheViews, planViews, shownBy } from './cache/index.ts';
import { removeFolder } from './checkpoint.ts';
import type { Recipe, TrainingConfig } from './config.ts';
import { loadTrainingFields, type TrainingField } from './fields.ts';
import type { FitResult } from './fit.ts';
import { foldSides, outOfFold } from './folds/index.ts';
import { refuseTooLarge } from './memory-guard.ts';
import { type OnProgress, type Report, reporter, stopwatch } from './progress.ts';
import type { RunRecord } from './report/index.ts';
import {
  configOf,
  dataRecord,
  keepConfig,
  keepSeconds,
  keptSeconds,
  loadBackbone,
  refuseEmptySides,
  refuseOccupied,
  splitOf,
} from './run-inputs.ts';
import { runStagesJobs, type StagesJob, type StagesResult } from './stages/index.ts';
import { COPIES, judgeTestSide } from './test-side.ts';
import { loadMasks, trainMasks } from './unet/train-masks.ts';
import { copyWeights } from './weights.ts';

export const TRAINABLE_MODELS = ['mobilenetv2'] as const;
export type TrainableModel = (typeof TRAINABLE_MODELS)[number];

export interface TrainOptions {
  readonly model: TrainableModel;
  /** A folder with one folder of images a stage. */
  readonly data: string;
  /** Origin of the fields and how their stages were confirmed, for the model card. */
  readonly about?: string;
  /** A split.json; without one the folder is split by groups. */
  readonly split?: string;
  readonly engine?: EngineName;
  /** The costs of the report, and with a recipe's `costWeight` a part of the loss. The study's by default. */
  readonly costs?: CostMatrix;
  /** Epochs of the stages' fine-tuning instead of the recipe's. */
  readonly epochs?: number;
  /** Also judge every field by a training that never saw its group, over this many folds. */
  readonly folds?: number;
  /** Continue a run into the same `out` that was killed. */
  readonly resume?: boolean;
  readonly seed?: number;
  /** A folder of sets of other sources to measure the evidence on as well, see `findExternalSets`. */
  readonly external?: string;
  /** The artifact's folder; the state of the run lies beside it, in `<out>.training`, until it is done. */
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

/** What every phase of one run needs. */
interface Run {
  readonly config: TrainingConfig;
  readonly fields: readonly TrainingField[];
  readonly work: string;
  readonly resume: boolean;
  readonly onProgress: OnProgress;
}

/** Each phase has a seed of its own, so that a resumed run draws on as if it had not stopped. */
const PHASE_SEEDS = { masks: 1, cache: 2, stages: 3 } as const;

/**
 * The whole recipe: weak masks, U-Net, cached views of the frozen part, fine-tuning, calibration, judgement on the
 * test side, artifact. Every phase leaves its result in `<out>.training`, so a killed run can be resumed.
 *
 * @throws DomainError BAD_INPUT, NOT_FOUND, CONFLICT for what is given; ENGINE_UNAVAILABLE for the engine.
 */
export async function train(options: TrainOptions): Promise<TrainedArtifact> {
  const { onProgress = () => {}, resume = false, overwrite = false, seed = 1 } = options;
  const out = resolve(options.out);
  const work = `${out}.training`;
  const config = configOf({ ...options, seed });
  await refuseOccupied(out, overwrite);
  const split = await splitOf(options.data, options.split, seed);
  refuseEmptySides(split);
  const external = await findExternalSets(options.external);
  const engine = await selectEngine(options.engine ?? 'auto');
  refuseTooLarge(config, engine.name);
  if (!resume) await removeFolder(work);
  await keepConfig(join(work, 'config.json'), config);

  const clock = join(work, 'seconds.json');
  const { seconds, time: timed } = stopwatch(await keptSeconds(clock));
  const time: typeof timed = (phase, work) => timed(phase, work).finally(() => keepSeconds(clock, seconds));
  const fields = await time('fields', () => {
    const report = reporter('fields', split.fields.length, onProgress);
    return loadTrainingFields(options.data, split.fields, join(work, 'weak-masks.safetensors'), report);
  });
  const run: Run = { config, fields, work, resume, onProgress };
  const masks = await time('masks', () => fitMasks(run));
  const parts = buildHybrid(config.hybrid);
  try {
    await loadBackbone(parts);
    loadMasks(parts.whole, masks.weights);
    const views = await time('cache', () => cache(run, parts));
    const sides = foldSides(fields, config.folds, config.seed);
    const [stages, ...folds] = await time('stages', () => fitStages(run, engine.name, views, sides));
    if (!stages) throw new RangeError('No training answered.');
    loadWeights(parts.whole, new Map(stages.weights.map((w) => [w.name, w])), { partial: true });
    const { content, calibration } = await trainedContent(fields, stages, parts, config, split);
    const draft = join(work, 'draft');
    await saveDraft(draft, content);
    const test = await time('artifact', () => judge(run, draft));
    const evidence = await time('evidence', () => gatherEvidence(run, draft, options.data, split, external));
    const trained = folds.map((result, k) => ({ sides: sides[k] ?? [], result }));
    const record: RunRecord = {
      config,
      engine,
      data: dataRecord(fields, split, options.about),
      parts: { masks: partRecord(masks), stages: partRecord(stages) },
      seconds,
      calibration,
      outOfFold: outOfFold(fields, trained, config.costs, config.seed),
      test,
    };
    const digest = await saveTrained(out, content, record, evidence, overwrite);
    await removeFolder(work);
    return { dir: out, digest, run: record };
  } finally {
    parts.dispose();
  }
}

const partRecord = ({ history, bestEpoch }: FitResult) => ({ history, bestEpoch });
const countOf = ({ fields }: Run, side: TrainingField['side']) =>
  fields.filter((f) => f.side === side).length;

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

/** The run's own training first, then one for every fold. */
function fitStages(
  { config, fields, work, resume, onProgress }: Run,
  engine: ChosenEngine,
  views: readonly CachedView[],
  folds: readonly (readonly Side[])[],
): Promise<StagesResult[]> {
  const { stages, seed } = config;
  const own = fields.map(({ side }) => side);
  const jobs = [own, ...folds].map(
    (sides, i): StagesJob => ({
      name: i === 0 ? 'stages' : `fold-${i}`,
      config,
      fields: fields.map(({ stage }, f) => ({ label: stageIndex(stage), side: sides[f] ?? 'test' })),
      views,
      ask: i === 0 ? ['train', 'validation', 'calibration'] : ['validation', 'calibration', 'test'],
      seed: mixSeed(seed, PHASE_SEEDS.stages, i),
      folder: work,
      resume,
    }),
  );
  const steps = jobs.reduce((sum, { fields: labelled }) => {
    const training = labelled.filter((f) => f.side === 'train').length;
    return sum + stages.epochs * Math.max(1, Math.floor(training / stages.batch));
  }, 0);
  return runStagesJobs(jobs, engine, reporter('stages', steps, onProgress));
}

function judge(run: Run, draft: string): Promise<RunRecord['test']> {
  const { config, fields, onProgress } = run;
  const report = reporter('artifact', COPIES.length * countOf(run, 'test'), onProgress);
  return judgeTestSide(draft, fields, config.costs, { seed: config.seed, report });
}

/** What is measured on the finished model beyond the figures of the run. */
async function gatherEvidence(
  { config, onProgress }: Run,
  draft: string,
  data: string,
  split: Split,
  external: ExternalSets,
): Promise<ModelEvidence> {
  const { costs, seed } = config;
  let report: Report | undefined;
  return measureEvidence(draft, {
    fields: await verifySplit(data, split, 'test'),
    external,
    costs,
    seed,
    onProgress: ({ done, total }) => {
      report ??= reporter('evidence', total, onProgress);
      report(done);
    },
  });
}
