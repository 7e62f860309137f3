import { DomainError } from '@blastwise/contracts';
import { z } from 'zod';
import { loadWeights } from '../architecture/index.ts';
import type { NamedTensor } from '../artifact/index.ts';
import type * as tf from '../engine/tf.ts';
import { mixSeed, type SeededRandom, seededRandom } from '../random/index.ts';
import { readState, type StoredState, writeState } from './checkpoint.ts';
import type { FitConfig } from './config.ts';
import type { Learner } from './learner.ts';
import { oneCycleRate } from './optimiser/index.ts';
import { breathe, type Report } from './progress.ts';
import { copyWeights } from './weights.ts';

export const epochRecordSchema = z.strictObject({
  epoch: z.int().positive(),
  /** Mean training loss of the epoch's batches. */
  loss: z.number(),
  /** Share of the training samples named right, where the part names anything. */
  accuracy: z.number().nullable(),
  /** Validation figures by name. */
  validation: z.record(z.string(), z.number()),
  /** The score that the best epoch is chosen by; lower is better. */
  score: z.number(),
});
export type EpochRecord = z.infer<typeof epochRecordSchema>;

/** What is fitted: whose weights move and how, how an epoch is judged. */
export interface FitTask<Batch> {
  readonly model: tf.LayersModel;
  /** Opened for this fit, which disposes of it. */
  readonly learner: () => Promise<Learner<Batch>>;
  readonly stepsPerEpoch: number;
  /** Prepares an epoch; its function makes batch `step` of it. */
  readonly epoch: (random: SeededRandom) => (step: number, globalStep: number) => Batch;
  /** Judges the model by its own weights. */
  readonly validate: () => Promise<{ score: number; figures: Record<string, number> }>;
}

export interface FitOptions {
  readonly seed: number;
  /** Where the state is kept after every epoch. */
  readonly checkpoint?: string;
  /** Continue from the checkpoint where there is one. */
  readonly resume?: boolean;
  readonly report?: Report;
  /** Told of every epoch once its state is kept; not of those that a resumed run finds done. */
  readonly onEpoch?: (epoch: EpochRecord) => void;
  /** Ends the run before its next step with the signal's reason; the checkpoint of the last whole epoch stays. */
  readonly signal?: AbortSignal | undefined;
}

export interface FitResult {
  readonly history: EpochRecord[];
  readonly bestEpoch: number;
}

const stateSchema = z.strictObject({
  epoch: z.int().nonnegative(),
  optimiserStep: z.int().nonnegative(),
  history: z.array(epochRecordSchema),
});

const prefixed = (prefix: string, tensors: readonly NamedTensor[]): NamedTensor[] =>
  tensors.map((t) => ({ ...t, name: `${prefix}/${t.name}` }));

function under(prefix: string, { tensors }: StoredState): Map<string, NamedTensor> {
  const found = [...tensors].filter(([name]) => name.startsWith(`${prefix}/`));
  return new Map(found.map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]));
}

const bestOf = (history: readonly EpochRecord[]): EpochRecord | undefined =>
  history.reduce<EpochRecord | undefined>((best, e) => (best && best.score <= e.score ? best : e), undefined);

/**
 * Fits a task: AdamW, one-cycle rate, early stopping; the models end with the best epoch's weights. The same seed
 * gives the same history, also when the run was killed in between and resumed.
 */
export async function fit<Batch>(
  task: FitTask<Batch>,
  config: FitConfig,
  options: FitOptions,
): Promise<FitResult> {
  const learner = await task.learner();
  try {
    return await follow(task, config, options, learner);
  } finally {
    await learner.dispose();
  }
}

async function follow<Batch>(
  task: FitTask<Batch>,
  config: FitConfig,
  options: FitOptions,
  learner: Learner<Batch>,
): Promise<FitResult> {
  const { model, stepsPerEpoch } = task;
  const cycle = { peak: config.peakRate, warmUp: config.warmUp, steps: config.epochs * stepsPerEpoch };
  const setAll = (weights: ReadonlyMap<string, NamedTensor>) =>
    loadWeights(model, weights, { label: 'The checkpoint' });
  const asMap = (tensors: NamedTensor[]) => new Map(tensors.map((t) => [t.name, t]));

  let history: EpochRecord[] = [];
  let best: ReadonlyMap<string, NamedTensor> = asMap(await copyWeights(model));
  const stored = options.resume && options.checkpoint ? await readState(options.checkpoint) : null;
  if (stored) {
    const state = stateSchema.parse(stored.state);
    history = state.history;
    setAll(under('current', stored));
    best = under('best', stored);
    const moments = (kind: string) =>
      model.trainableWeights.map((_, i) => stored.tensors.get(`${kind}/${i}`)?.data as Float32Array);
    learner.resume({ step: state.optimiserStep, means: moments('mean'), squares: moments('square') });
  }
  const stopped = () => history.length - (bestOf(history)?.epoch ?? 0) >= config.patience;

  for (let epoch = history.length + 1; epoch <= config.epochs && !stopped(); epoch++) {
    const batches = task.epoch(seededRandom(mixSeed(options.seed, epoch)));
    let [loss, correct, size] = [0, 0, 0];
    for (let step = 0; step < stepsPerEpoch; step++) {
      options.signal?.throwIfAborted();
      const globalStep = (epoch - 1) * stepsPerEpoch + step;
      const batch = batches(step, globalStep);
      const rate = oneCycleRate(cycle, globalStep);
      const taken = await learner.step(batch, rate);
      if (!Number.isFinite(taken.loss)) {
        throw new DomainError(
          'INTERNAL',
          `Training diverged in epoch ${epoch}: lower the recipe's peak rate.`,
        );
      }
      loss += taken.loss;
      correct += taken.correct;
      size += taken.size;
      const accuracy = size > 0 ? { accuracy: correct / size } : {};
      options.report?.(globalStep + 1, { epoch, loss: loss / (step + 1), ...accuracy });
      await breathe();
    }
    learner.settle();
    const { score, figures } = await task.validate();
    const accuracy = size > 0 ? correct / size : null;
    const record: EpochRecord = { epoch, loss: loss / stepsPerEpoch, accuracy, validation: figures, score };
    history.push(record);
    if (bestOf(history)?.epoch === epoch) best = asMap(await copyWeights(model));
    if (options.checkpoint) {
      const { step, means, squares } = await learner.state();
      const moments = (kind: string, values: Float32Array[]): NamedTensor[] =>
        values.map((data, i) => ({ name: `${kind}/${i}`, dtype: 'F32', shape: [data.length], data }));
      await writeState(
        options.checkpoint,
        [
          ...prefixed('current', await copyWeights(model)),
          ...prefixed(
            'best',
            [...best].map(([name, t]) => ({ ...t, name })),
          ),
          ...moments('mean', means),
          ...moments('square', squares),
        ],
        { epoch, optimiserStep: step, history },
      );
    }
    options.onEpoch?.(record);
  }
  setAll(best);
  return { history, bestEpoch: bestOf(history)?.epoch ?? 0 };
}
