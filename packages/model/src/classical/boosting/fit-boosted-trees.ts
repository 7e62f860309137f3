import { DomainError } from '@blastwise/contracts';
import { mixSeed, type SeededRandom, seededRandom } from '../../random/index.ts';
import { type BoostedTrees, joinTrees } from './boosted-trees.ts';
import { columnsOf } from './columns.ts';
import { type Derivatives, growTree, type TreeConfig } from './grow-tree.ts';
import { leafWeight, type Nodes } from './tree.ts';

export interface BoostingConfig extends TreeConfig {
  /** Rounds at most, one tree a class each. */
  readonly rounds: number;
  /** Rounds without a better validation loss before boosting stops. */
  readonly patience: number;
  /** Share of the rows and of the features that each tree sees. */
  readonly subsample: number;
  readonly columns: number;
}

export interface LabelledRows {
  readonly rows: readonly Float32Array[];
  readonly labels: readonly number[];
}

export interface BoostingRound {
  readonly round: number;
  /** Mean loss of the training rows, weighted by class, and their share named right. */
  readonly loss: number;
  readonly accuracy: number;
  readonly validationLoss: number;
}

export interface FittedTrees {
  readonly trees: BoostedTrees;
  readonly history: readonly BoostingRound[];
  /** Rounds that were kept, those to the lowest validation loss. */
  readonly best: number;
}

export interface BoostingProblem {
  readonly training: LabelledRows;
  readonly validation: LabelledRows;
  /** Weight of each class. */
  readonly weights: readonly number[];
  readonly seed: number;
  /** Told of every round; boosting goes on once it has answered. */
  readonly onRound?: (round: BoostingRound) => Promise<void> | void;
}

/** XGBoost's: no row is without curvature. */
const LEAST_HESSIAN = 1e-16;

/** Rows with the scores of their classes so far, row-major [rows, classes]. */
class Scored {
  readonly data: LabelledRows;
  readonly scores: Float64Array;
  readonly classes: number;

  constructor(data: LabelledRows, classes: number) {
    this.data = data;
    this.classes = classes;
    this.scores = new Float64Array(data.rows.length * classes);
  }

  add(tree: Nodes, k: number): void {
    for (const [i, row] of this.data.rows.entries()) {
      const at = i * this.classes + k;
      this.scores[at] = (this.scores[at] ?? 0) + leafWeight(tree, 0, row);
    }
  }

  /** Softmax of every row, row-major. */
  probabilities(): Float64Array {
    const out = new Float64Array(this.scores.length);
    for (let start = 0; start < out.length; start += this.classes) {
      const row = this.scores.subarray(start, start + this.classes);
      const highest = Math.max(...row);
      const exponents = row.map((score) => Math.exp(score - highest));
      const sum = exponents.reduce((a, b) => a + b, 0);
      out.set(
        exponents.map((e) => e / sum),
        start,
      );
    }
    return out;
  }

  /** Mean negative log-likelihood, rows weighted by class, and the share named right. */
  judge(weights?: readonly number[]): { loss: number; accuracy: number } {
    const p = this.probabilities();
    let [loss, weight, right] = [0, 0, 0];
    for (const [i, label] of this.data.labels.entries()) {
      const row = p.subarray(i * this.classes, (i + 1) * this.classes);
      const w = weights?.[label] ?? 1;
      loss -= w * Math.log(Math.max(row[label] ?? 0, Number.EPSILON));
      weight += w;
      if (row.indexOf(Math.max(...row)) === label) right++;
    }
    return { loss: loss / weight, accuracy: right / this.data.labels.length };
  }
}

/**
 * Derivatives of the softmax's loss by the score of class `k`: `w (p - y)` and `w 2 p (1 - p)`, XGBoost's bound of the
 * curvature.
 */
export function softmaxDerivatives(
  probabilities: ArrayLike<number>,
  labels: readonly number[],
  weights: readonly number[],
  k: number,
): Derivatives {
  const classes = weights.length;
  const gradient = new Float64Array(labels.length);
  const hessian = new Float64Array(labels.length);
  for (const [i, label] of labels.entries()) {
    const p = probabilities[i * classes + k] ?? 0;
    const w = weights[label] ?? 1;
    gradient[i] = w * (p - (label === k ? 1 : 0));
    hessian[i] = w * Math.max(2 * p * (1 - p), LEAST_HESSIAN);
  }
  return { gradient, hessian };
}

function sampleOf(rows: number, features: number, config: BoostingConfig, random: SeededRandom) {
  const sampled = Uint8Array.from({ length: rows }, () => (random.next() < config.subsample ? 1 : 0));
  const taken = Math.max(1, Math.floor(config.columns * features));
  const all = Array.from({ length: features }, (_, k) => k);
  return {
    sampled,
    features: random
      .shuffle(all)
      .slice(0, taken)
      .sort((a, b) => a - b),
  };
}

/**
 * Gradient-boosted trees in XGBoost's formulation (Chen & Guestrin 2016): softmax loss to second order, one tree a class
 * and round on a sample of rows and features, shrunk, stopped early on the validation rows. The same seed gives the same trees.
 *
 * @throws DomainError BAD_INPUT without training or validation rows.
 */
export async function fitBoostedTrees(
  { training, validation, weights, seed, onRound = () => {} }: BoostingProblem,
  config: BoostingConfig,
): Promise<FittedTrees> {
  if (training.rows.length === 0 || validation.rows.length === 0)
    throw new DomainError('BAD_INPUT', 'Boosting needs training and validation fields.');
  const classes = weights.length;
  const columns = columnsOf(training.rows);
  const [learned, judged] = [new Scored(training, classes), new Scored(validation, classes)];
  const trees: Nodes[] = [];
  const history: BoostingRound[] = [];
  let best = { round: 0, loss: Number.POSITIVE_INFINITY };
  for (let round = 1; round <= config.rounds && round - best.round <= config.patience; round++) {
    const p = learned.probabilities();
    const grown = weights.map((_, k) => {
      const random = seededRandom(mixSeed(seed, round, k));
      const { sampled, features } = sampleOf(columns.rows, columns.values.length, config, random);
      const derivatives = softmaxDerivatives(p, training.labels, weights, k);
      return growTree(columns, derivatives, sampled, features, config);
    });
    for (const [k, tree] of grown.entries()) {
      learned.add(tree, k);
      judged.add(tree, k);
    }
    trees.push(...grown);
    const validationLoss = judged.judge().loss;
    const told = { round, ...learned.judge(weights), validationLoss };
    history.push(told);
    if (validationLoss < best.loss) best = { round, loss: validationLoss };
    await onRound(told);
  }
  return { trees: joinTrees(trees.slice(0, best.round * classes)), history, best: best.round };
}
