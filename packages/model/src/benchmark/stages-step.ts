import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STUDY_COSTS } from '@blastwise/contracts';
import type { ModelName } from '../architecture/index.ts';
import { type ChosenEngine, selectEngine } from '../engine/index.ts';
import { seededRandom } from '../random/index.ts';
import { backboneStart, startingParts } from '../training/backbone-start.ts';
import { writeHalves } from '../training/cache/half.ts';
import type { CachedView } from '../training/cache/index.ts';
import type { TrainingConfig } from '../training/config.ts';
import { type FineTuning, recipeOf } from '../training/recipes.ts';
import { runStagesJob } from '../training/stages/stages-job.ts';
import { multiplyAdds } from './multiply-adds.ts';
import { median, type Timing } from './timing.ts';

export interface StagesStep {
  /** Of one step: a batch forwards, backwards, AdamW. The first steps, which compile, are left out. */
  readonly timing: Timing;
  /** Of one field forwards through what is trained. */
  readonly multiplyAdds: number;
  readonly parameters: number;
}

export interface StagesEpoch {
  /** Of one epoch as `train` takes it: every step, the validation side, the checkpoint. */
  readonly timing: Timing;
  readonly rows: number;
}

export interface StepOptions {
  readonly model: ModelName;
  readonly fineTuning: FineTuning;
  /** The study's U-Net and head instead of ours. */
  readonly variant?: 'published';
  readonly batch: number;
  readonly steps: number;
}

/** Steps that warm up: they compile shaders and let memory grow. */
const WARM_UPS = 2;
const VALIDATED = 4;

/** Steps of the stages' training, as `train` takes them, on cached maps of made-up values. */
export async function timeStagesStep(engine: ChosenEngine, options: StepOptions): Promise<StagesStep> {
  const { ends, ...part } = await followStages(engine, {
    ...options,
    batches: WARM_UPS + options.steps,
    steps: WARM_UPS + options.steps,
  });
  const times = ends.slice(1).map((end, i) => end - (ends[i] ?? end));
  const measured = times.slice(WARM_UPS - 1);
  return { timing: { median: median(measured), runs: measured.length }, ...part };
}

/**
 * An epoch of the stages' training on cached maps of made-up values, `steps` batches of it: from the end of its first step,
 * which compiles, to the end of the next epoch's first.
 */
export async function timeStagesEpoch(engine: ChosenEngine, options: StepOptions): Promise<StagesEpoch> {
  const { ends } = await followStages(engine, {
    ...options,
    batches: options.steps,
    steps: options.steps + 1,
  });
  const [first = 0, last = 0] = [ends[0], ends[options.steps]];
  return { timing: { median: last - first, runs: 1 }, rows: options.steps * options.batch };
}

interface Followed extends StepOptions {
  /** Batches of an epoch. */
  readonly batches: number;
}

/** What a training is ended with once enough of it was seen. */
const SEEN = new Error('enough steps were timed');

/** Takes so many steps of a training; `ends` are the times at which they were done, ms. */
async function followStages(
  engine: ChosenEngine,
  { model, fineTuning, batch, batches, steps, variant }: Followed,
) {
  await selectEngine(engine);
  const { stages, ...recipe } = recipeOf(model, fineTuning, variant && { variant });
  const { initial, file } = await backboneStart(recipe.hybrid, { fromScratch: 'where-missing' });
  const config: TrainingConfig = {
    ...recipe,
    ...(initial && { initial }),
    stages: { ...stages, batch, epochs: Math.ceil(steps / batches) },
    folds: 0,
    costs: STUDY_COSTS,
    seed: 1,
  };
  const parts = await startingParts(config, file);
  const [map, unet] = parts.upper.inputs.map(({ shape }) =>
    shape.slice(1).reduce<number>((n, d) => n * (d ?? 1), 1),
  );
  const needed = multiplyAdds(parts.upper);
  const parameters = parts.upper.countParams();
  parts.dispose();

  const n = batch * batches + VALIDATED;
  const fields = Array.from({ length: n }, (_, f) => ({
    label: f % 4,
    side: f < VALIDATED ? ('validation' as const) : ('train' as const),
  }));
  const views = [madeUpView('train', n, map ?? 0, unet ?? 0), madeUpView('judge', n, map ?? 0, unet ?? 0)];
  const folder = await mkdtemp(join(tmpdir(), 'blastwise-bench-'));
  const ends: number[] = [];
  try {
    const job = {
      name: 'bench',
      config,
      backboneFile: file,
      fields,
      views,
      ask: [],
      seed: 1,
      folder,
      resume: false,
    };
    await runStagesJob(job, () => {
      ends.push(performance.now());
      if (ends.length === steps) throw SEEN;
    });
  } catch (error) {
    if (error !== SEEN) throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { ends, multiplyAdds: needed, parameters };
}

/** One row of values serves every field. */
function madeUpView(use: CachedView['use'], n: number, mapLength: number, unetLength: number): CachedView {
  const random = seededRandom(1);
  const row = new Uint16Array(mapLength);
  writeHalves(
    Float32Array.from({ length: mapLength }, () => random.next()),
    row,
    0,
  );
  const maps = new Uint16Array(n * mapLength);
  for (let f = 0; f < n; f++) maps.set(row, f * mapLength);
  return {
    name: use,
    use,
    kind: 'plain',
    fields: Int32Array.from({ length: n }, (_, f) => f),
    donors: new Int32Array(n).fill(-1),
    maps,
    mapLength,
    unet: new Float32Array(n * unetLength).fill(0.1),
    unetLength,
  };
}
