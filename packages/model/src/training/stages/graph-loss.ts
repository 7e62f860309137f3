import { MATURITY_STAGES } from '@blastwise/contracts';
import type { LossWriter } from '../../differentiation/index.ts';

const K = MATURITY_STAGES.length;
export const TARGETS = 'targets';
export const COSTS = 'costs';

/**
 * `stageCrossEntropy` against the given targets t and `expectedCostLoss` of the given costs c (both [n, 4], weights and
 * all) of the first output z, p = softmax z: -mean sum_k t_k log p_k + mean sum_k p_k c_k.
 * dz = (p (sum t + c - sum_k p_k c_k) - t) / n.
 */
export const stageLoss: LossWriter = (tape, [logits]) => {
  if (!logits) throw new RangeError('There are no logits.');
  const [n = 0] = logits.shape;
  const targets = tape.given(TARGETS, [n, K]).name;
  const costs = tape.given(COSTS, [n, K]).name;
  const op = (name: string, operator: string, ...inputs: string[]) =>
    tape.node(`loss_${name}`, operator, inputs);
  const mean = (name: string, value: string) =>
    tape.node(`loss_${name}`, 'Mul', [
      tape.node(`loss_${name}_sum`, 'ReduceSum', [value], { keepdims: 0 }),
      tape.graph.scalar(1 / n),
    ]);
  const rowSum = (name: string, value: string) =>
    tape.node(`loss_${name}`, 'ReduceSum', [value, tape.graph.indices(1)], { keepdims: 1 });

  const logProbabilities = tape.node('loss_log_softmax', 'LogSoftmax', [logits.name], { axis: 1 });
  const probabilities = op('softmax', 'Exp', logProbabilities);
  const priced = op('priced', 'Mul', probabilities, costs);
  const entropy = mean('entropy', op('likelihood', 'Mul', targets, logProbabilities));
  const expected = mean('cost', priced);

  const dearer = op('dearer', 'Sub', costs, rowSum('expected', priced));
  const pull = op('pull', 'Add', rowSum('mass', targets), dearer);
  const slope = op('slope', 'Sub', op('pulled', 'Mul', probabilities, pull), targets);
  tape.flow(logits, op('gradient', 'Mul', slope, tape.graph.scalar(1 / n)));
  return op('total', 'Sub', expected, entropy);
};
