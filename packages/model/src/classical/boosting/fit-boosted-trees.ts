import { DomainError } from '@blastwise/contracts';
import { mixSeed, type SeededRandom, seededRandom } from '../../random/index.ts';
import { type BoostedTrees, joinTrees } from './boosted-trees.ts';
import { type Columns, columnsOf } from './columns.ts';
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
  /** Of the validation rows, each weighing the same. */
  readonly validationLoss: number;
  readonly validationAccuracy: number;
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
 * Gradient-boosted trees in XGBoost's formulation (Chen & Guestrin 2016), a round at a time: softmax loss to second order, one
 * tree a class and round on a sample of rows and features, shrunk. The same seed gives the same trees.
 *
 * @throws DomainError BAD_INPUT without training or validation rows.
 */
export class Booster {
  readonly trees: Nodes[] = [];
  readonly #problem: BoostingProblem;
  readonly #config: BoostingConfig;
  readonly #columns: Columns;
  readonly #learned: Scored;
  readonly #judged: Scored;
  #round = 0;

  constructor(problem: BoostingProblem, config: BoostingConfig) {
    const { training, validation, weights } = problem;
    if (training.rows.length === 0 || validation.rows.length === 0)
      throw new DomainError('BAD_INPUT', 'Boosting needs training and validation fields.');
    this.#problem = problem;
    this.#config = config;
    this.#columns = columnsOf(training.rows);
    this.#learned = new Scored(training, weights.length);
    this.#judged = new Scored(validation, weights.length);
  }

  grow(): BoostingRound {
    const round = ++this.#round;
    const { training, weights, seed } = this.#problem;
    const columns = this.#columns;
    const p = this.#learned.probabilities();
    const grown = weights.map((_, k) => {
      const random = seededRandom(mixSeed(seed, round, k));
      const { sampled, features } = sampleOf(columns.rows, columns.values.length, this.#config, random);
      const derivatives = softmaxDerivatives(p, training.labels, weights, k);
      return growTree(columns, derivatives, sampled, features, this.#config);
    });
    for (const [k, tree] of grown.entries()) {
      this.#learned.add(tree, k);
      this.#judged.add(tree, k);
    }
    this.trees.push(...grown);
    const judged = this.#judged.judge();
    return {
      round,
      ...this.#learned.judge(weights),
      validationLoss: judged.loss,
      validationAccuracy: judged.accuracy,
    };
  }
}

/**
 * Boosts until the loss of the validation rows has not fallen for `patience` rounds. `onRound` is told of every round;
 * boosting goes on once it has answered.
 *
 * @throws DomainError BAD_INPUT without training or validation rows.
 */
export async function fitBoostedTrees(
  problem: BoostingProblem,
  config: BoostingConfig,
  onRound: (round: BoostingRound) => Promise<void> | void = () => {},
): Promise<FittedTrees> {
  const booster = new Booster(problem, config);
  const history: BoostingRound[] = [];
  let best = { round: 0, loss: Number.POSITIVE_INFINITY };
  for (let round = 1; round <= config.rounds && round - best.round <= config.patience; round++) {
    const told = booster.grow();
    history.push(told);
    if (told.validationLoss < best.loss) best = { round, loss: told.validationLoss };
    await onRound(told);
  }
  const kept = booster.trees.slice(0, best.round * problem.weights.length);
  return { trees: joinTrees(kept), history, best: best.round };
}
