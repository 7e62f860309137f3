import { type CostMatrix, MATURITY_STAGES } from '@blastwise/contracts';
import { namedWeights, setDropoutStep } from '../../architecture/index.ts';
import { canLearnAsGraph } from '../../differentiation/index.ts';
import { currentEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { asTensors } from '../as-tensors.ts';
import { type GraphBatch, graphLearner } from '../graph-learner.ts';
import type { Learner } from '../learner.ts';
import { type TapeBatch, tapeLearner } from '../tape-learner.ts';
import { COSTS, stageLoss, TARGETS } from './graph-loss.ts';
import { expectedCostLoss, stageCrossEntropy } from './loss.ts';
import { costRows, NO_STAGE, stageTargets } from './stage-targets.ts';

/** Samples of stages, as a network that ends in stage logits is shown them. */
export interface StageBatch {
  /** Of the model's inputs, in its order: [n, ...]. */
  readonly inputs: readonly Float32Array[];
  /** Positions in the order of the stages, or `NO_STAGE`. */
  readonly labels: Int32Array;
  /** How much each sample counts. */
  readonly rowWeights: Float32Array;
  /** Counts the steps of the whole training. */
  readonly step: number;
}

export interface StageLearnerOptions {
  /** Samples of every batch. */
  readonly batch: number;
  /** Loss weight of each stage. */
  readonly classWeights: readonly number[];
  readonly labelSmoothing: number;
  /** Weight of the expected-cost term beside the cross-entropy; 0 leaves the loss blind to costs. */
  readonly costWeight: number;
  readonly costs: CostMatrix;
  readonly weightDecay: number;
  /** A weight's learning rate as a share of the step's; 1 where not given. */
  readonly rateShare?: (name: string) => number;
}

/** Learns stages with a model whose first output are stage logits: as a graph where engine and model allow it. */
export async function stageLearner(
  model: tf.LayersModel,
  options: StageLearnerOptions,
): Promise<Learner<StageBatch>> {
  if (currentEngine() === 'onnx' && canLearnAsGraph(model)) {
    const learner = await graphLearner(model, { ...options, loss: stageLoss });
    return { ...learner, step: (batch, rate) => learner.step(graphBatch(model, batch, options), rate) };
  }
  const names = new Map([...namedWeights(model)].map(([name, weight]) => [weight.read(), name]));
  const { weightDecay, rateShare = () => 1 } = options;
  const shareOf = (variable: tf.Variable) => rateShare(names.get(variable) ?? '');
  const learner = tapeLearner(model, { weightDecay, rateShare: shareOf });
  return { ...learner, step: (batch, rate) => learner.step(tapeBatch(model, batch, options), rate) };
}

function graphBatch(
  model: tf.LayersModel,
  { inputs, labels, rowWeights, step }: StageBatch,
  { classWeights: weights, labelSmoothing: smoothing, costWeight, costs }: StageLearnerOptions,
): GraphBatch {
  const shape = [labels.length, MATURITY_STAGES.length];
  return {
    inputs: new Map(
      model.inputs.map(({ sourceLayer }, i) => [sourceLayer.name, inputs[i] ?? new Float32Array()]),
    ),
    labels: new Map([
      [TARGETS, [shape, stageTargets(labels, { weights, smoothing, rowWeights })]],
      [COSTS, [shape, costRows(labels, costs, rowWeights).map((cost) => cost * costWeight)]],
    ]),
    step,
    judge: (logits) => ({ correct: countRight(logits, labels), size: named(labels) }),
  };
}

function tapeBatch(
  model: tf.LayersModel,
  { inputs, labels, rowWeights, step }: StageBatch,
  { classWeights: weights, labelSmoothing: smoothing, costWeight, costs }: StageLearnerOptions,
): TapeBatch {
  setDropoutStep(model, step);
  return () => {
    const applied = model.apply(asTensors(model, inputs, labels.length), { training: true });
    const logits = (Array.isArray(applied) ? applied[0] : applied) as tf.Tensor2D;
    const { loss, correct } = stageCrossEntropy(logits, labels, { weights, smoothing, rowWeights });
    const terms: tf.Scalar[] = [loss, ...model.calculateLosses()];
    if (costWeight > 0) terms.push(tf.mul(expectedCostLoss(logits, labels, costs, rowWeights), costWeight));
    return { loss: tf.addN(terms), named: { correct, size: named(labels) } };
  };
}

const named = (labels: Int32Array): number => labels.filter((label) => label !== NO_STAGE).length;

function countRight(logits: Float32Array, labels: Int32Array): number {
  const k = MATURITY_STAGES.length;
  return labels.filter((label, i) => {
    const row = logits.subarray(i * k, (i + 1) * k);
    return row.indexOf(Math.max(...row)) === label;
  }).length;
}
