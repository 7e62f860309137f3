import { DomainError } from '@blastwise/contracts';
import { fitScaling, type Scaling } from './scaling.ts';

/** Multinomial logistic regression on standardised features: `softmax(weights * z + bias)`. */
export interface LogisticRegression extends Scaling {
  /** `classes * (features + 1)`, row by row; the last of a row is its bias. */
  readonly weights: Float64Array;
  readonly classes: number;
}

export interface LogisticOptions {
  /** Weight of half the squared weights, biases excluded, against the mean log-likelihood. */
  readonly l2?: number;
  readonly steps?: number;
}

/**
 * Fits by accelerated gradient descent (Nesterov 1983) from zero with the step that the features' largest eigenvalue
 * allows: no chance, and the same minimum for the same data.
 *
 * @param rows one feature vector a field, all of one length.
 * @param labels class of each, 0..classes - 1.
 * @throws DomainError BAD_INPUT when there is no field, or not one label for each.
 */
export function fitLogisticRegression(
  rows: readonly ArrayLike<number>[],
  labels: readonly number[],
  classes: number,
  { l2 = 1e-3, steps = 300 }: LogisticOptions = {},
): LogisticRegression {
  const features = rows[0]?.length ?? 0;
  if (rows.length === 0 || rows.length !== labels.length)
    throw new DomainError('BAD_INPUT', 'A regression needs fields and one label for each of them.');
  const { mean, spread } = fitScaling(rows);
  const inputs = rows.map((row) => standardised(row, mean, spread));
  const length = classes * (features + 1);
  const step = 1 / (0.5 * largestEigenvalue(inputs, features + 1) + l2);
  let weights = new Float64Array(length);
  let ahead = weights.slice();
  for (let t = 0; t < steps; t++) {
    const gradient = gradientOf(inputs, labels, classes, ahead, l2);
    const next = ahead.map((w, i) => w - step * (gradient[i] ?? 0));
    const momentum = t / (t + 3);
    ahead = next.map((w, i) => w + momentum * (w - (weights[i] ?? 0)));
    weights = next;
  }
  return { mean, spread, weights, classes };
}

/** The most probable class of every field. */
export function predictClasses(model: LogisticRegression, rows: readonly ArrayLike<number>[]): number[] {
  return rows.map((row) => {
    const scores = scoresOf(standardised(row, model.mean, model.spread), model.weights, model.classes);
    return scores.indexOf(Math.max(...scores));
  });
}

/** Standardised features with a 1 for the bias behind them. */
function standardised(row: ArrayLike<number>, mean: Float64Array, spread: Float64Array): Float64Array {
  const out = new Float64Array(mean.length + 1).fill(1);
  for (let k = 0; k < mean.length; k++) out[k] = ((row[k] ?? 0) - (mean[k] ?? 0)) / (spread[k] ?? 1);
  return out;
}

/** Largest eigenvalue of the mean outer product, by power iteration; a little above, so that it bounds. */
function largestEigenvalue(inputs: readonly Float64Array[], length: number): number {
  let direction = new Float64Array(length).fill(1 / Math.sqrt(length));
  let value = 0;
  for (let t = 0; t < 20; t++) {
    const next = new Float64Array(length);
    for (const input of inputs) {
      const along = dot(input, direction, 0) / inputs.length;
      for (let k = 0; k < length; k++) next[k] = (next[k] ?? 0) + along * (input[k] ?? 0);
    }
    value = Math.hypot(...next);
    direction = next.map((x) => x / value);
  }
  return 1.2 * value;
}

function dot(input: Float64Array, weights: Float64Array, start: number): number {
  let sum = 0;
  for (let k = 0; k < input.length; k++) sum += (input[k] ?? 0) * (weights[start + k] ?? 0);
  return sum;
}

const scoresOf = (input: Float64Array, weights: Float64Array, classes: number): number[] =>
  Array.from({ length: classes }, (_, c) => dot(input, weights, c * input.length));

/** Gradient of the penalised mean negative log-likelihood. */
function gradientOf(
  inputs: readonly Float64Array[],
  labels: readonly number[],
  classes: number,
  weights: Float64Array,
  l2: number,
): Float64Array {
  const length = inputs[0]?.length ?? 1;
  const gradient = weights.map((w, i) => (i % length === length - 1 ? 0 : l2 * w));
  inputs.forEach((input, n) => {
    const scores = scoresOf(input, weights, classes);
    const highest = Math.max(...scores);
    const exponents = scores.map((score) => Math.exp(score - highest));
    const sum = exponents.reduce((total, e) => total + e, 0);
    exponents.forEach((e, c) => {
      const error = (e / sum - (labels[n] === c ? 1 : 0)) / inputs.length;
      for (let k = 0; k < length; k++)
        gradient[c * length + k] = (gradient[c * length + k] ?? 0) + error * (input[k] ?? 0);
    });
  });
  return gradient;
}
