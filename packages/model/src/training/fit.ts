import { DomainError } from '@blastwise/contracts';
import { z } from 'zod';
import { loadWeights } from '../architecture/index.ts';
import type { NamedTensor } from '../artifact/index.ts';
import * as tf from '../engine/tf.ts';
import { mixSeed, type SeededRandom, seededRandom } from '../random/index.ts';
import { readState, type StoredState, writeState } from './checkpoint.ts';
import type { FitConfig } from './config.ts';
import { ADAMW, AdamW, oneCycleRate } from './optimiser/index.ts';
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

export interface BatchResult {
  readonly loss: tf.Scalar;
  /** How many samples of the batch were named right, of how many. */
  readonly named?: { readonly correct: tf.Scalar; readonly size: number };
}

/** What is fitted: whose weights move, how a batch's loss is made, how an epoch is judged. */
export interface FitTask {
  readonly models: readonly tf.LayersModel[];
  /** A variable's learning rate as a share of the schedule's; 1 where not given. */
  readonly rateShare?: (variable: tf.Variable) => number;
  readonly stepsPerEpoch: number;
  /** Prepares an epoch; its function makes batch `step` of it, called once under the gradient tape. */
  readonly epoch: (random: SeededRandom) => (step: number, globalStep: number) => () => BatchResult;
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

/** Every trainable variable of the models, each once. */
export function trainableVariables(models: readonly tf.LayersModel[]): tf.Variable[] {
  const variables = models.flatMap((m) => m.trainableWeights.map((w) => w.read() as tf.Variable));
  return [...new Map(variables.map((v) => [v.id, v])).values()];
}

const prefixed = (prefix: string, tensors: readonly NamedTensor[]): NamedTensor[] =>
  tensors.map((t) => ({ ...t, name: `${prefix}/${t.name}` }));

function under(prefix: string, { tensors }: StoredState): Map<string, NamedTensor> {
  const found = [...tensors].filter(([name]) => name.startsWith(`${prefix}/`));
  return new Map(found.map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]));
}

const bestOf = (history: readonly EpochRecord[]): EpochRecord | undefined =>
  history.reduce<EpochRecord | undefined>((best, e) => (best && best.score <= e.score ? best : e), undefined);

/** One step along the gradients. Results are read asynchronously: a graphics engine has no other way. */
async function takeStep(
  batch: () => BatchResult,
  variables: tf.Variable[],
  follow: (gradients: tf.NamedTensorMap) => void,
): Promise<{ loss: number; correct: number; size: number }> {
  let named: BatchResult['named'];
  const { value, grads } = tf.variableGrads(() => {
    const result = batch();
    named = result.named;
    if (named) tf.keep(named.correct);
    return result.loss;
  }, variables);
  tf.tidy(() => follow(grads));
  const [loss = Number.NaN] = await value.data();
  const [correct = 0] = (await named?.correct.data()) ?? [];
  tf.dispose([value, grads, named?.correct ?? []]);
  return { loss, correct, size: named?.size ?? 0 };
}

/**
 * Fits a task: AdamW, one-cycle rate, early stopping; the models end with the best epoch's weights. The same seed
 * gives the same history, also when the run was killed in between and resumed.
 */
export async function fit(task: FitTask, config: FitConfig, options: FitOptions): Promise<FitResult> {
  const variables = trainableVariables(task.models);
  const optimiser = new AdamW(variables, { ...ADAMW, weightDecay: config.weightDecay });
  try {
    return await follow(task, config, options, { variables, optimiser });
  } finally {
    optimiser.dispose();
  }
}

async function follow(
  task: FitTask,
  config: FitConfig,
  options: FitOptions,
  { variables, optimiser }: { variables: tf.Variable[]; optimiser: AdamW },
): Promise<FitResult> {
  const { models, stepsPerEpoch, rateShare = () => 1 } = task;
  const cycle = { peak: config.peakRate, warmUp: config.warmUp, steps: config.epochs * stepsPerEpoch };
  const current = async () =>
    (await Promise.all(models.map(copyWeights))).flatMap((weights, i) => prefixed(`${i}`, weights));
  const setAll = (weights: ReadonlyMap<string, NamedTensor>) =>
    models.forEach((model, i) => {
      loadWeights(model, under(`${i}`, { tensors: weights, state: null }), { label: 'The checkpoint' });
    });
  const asMap = (tensors: NamedTensor[]) => new Map(tensors.map((t) => [t.name, t]));

  let history: EpochRecord[] = [];
  let best: ReadonlyMap<string, NamedTensor> = asMap(await current());
  const stored = options.resume && options.checkpoint ? await readState(options.checkpoint) : null;
  if (stored) {
    const state = stateSchema.parse(stored.state);
    history = state.history;
    setAll(under('current', stored));
    best = under('best', stored);
    const moments = (kind: string) =>
      variables.map((_, i) => stored.tensors.get(`${kind}/${i}`)?.data as Float32Array);
    optimiser.restore({ step: state.optimiserStep, means: moments('mean'), squares: moments('square') });
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
      const rateOf = (variable: tf.Variable) => rate * rateShare(variable);
      const taken = await takeStep(batch, variables, (gradients) => optimiser.step(gradients, rateOf));
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
    const { score, figures } = await task.validate();
    const accuracy = size > 0 ? correct / size : null;
    const record: EpochRecord = { epoch, loss: loss / stepsPerEpoch, accuracy, validation: figures, score };
    history.push(record);
    if (bestOf(history)?.epoch === epoch) best = asMap(await current());
    if (options.checkpoint) {
      const { step, means, squares } = await optimiser.state();
      const moments = (kind: string, values: Float32Array[]): NamedTensor[] =>
        values.map((data, i) => ({ name: `${kind}/${i}`, dtype: 'F32', shape: [data.length], data }));
      await writeState(
        options.checkpoint,
        [
          ...prefixed('current', await current()),
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
