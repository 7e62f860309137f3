import * as tf from '../engine/tf.ts';
import type { Learner, StepResult } from './learner.ts';
import { ADAMW, AdamW } from './optimiser/index.ts';
import { trainableVariables } from './weights.ts';

/** A batch's loss, made under the gradient tape. */
export interface BatchResult {
  readonly loss: tf.Scalar;
  /** How many samples of the batch were named right, of how many. */
  readonly named?: { readonly correct: tf.Scalar; readonly size: number };
}

/** Makes a batch's loss; called once under the gradient tape. */
export type TapeBatch = () => BatchResult;

export interface TapeLearnerOptions {
  readonly weightDecay: number;
  /** A variable's learning rate as a share of the step's; 1 where not given. */
  readonly rateShare?: (variable: tf.Variable) => number;
}

/** Learns by tfjs's own gradient tape, on whichever backend it runs. */
export function tapeLearner(
  model: tf.LayersModel,
  { weightDecay, rateShare = () => 1 }: TapeLearnerOptions,
): Learner<TapeBatch> {
  const variables = trainableVariables(model);
  const optimiser = new AdamW(variables, { ...ADAMW, weightDecay });
  return {
    step: (batch, rate) =>
      takeStep(batch, variables, (gradients) => optimiser.step(gradients, (v) => rate * rateShare(v))),
    settle: () => {},
    resume: (state) => optimiser.restore(state),
    state: () => optimiser.state(),
    dispose: async () => optimiser.dispose(),
  };
}

/** One step along the gradients. Results are read asynchronously: a graphics engine has no other way. */
async function takeStep(
  batch: TapeBatch,
  variables: tf.Variable[],
  follow: (gradients: tf.NamedTensorMap) => void,
): Promise<StepResult> {
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
