import {
  type CostTable,
  DomainError,
  type MaturityStage,
  type StageVector,
  stageIndex,
} from '@blastwise/contracts';
import { solve } from '../../calibration/solve.ts';
import { NORMAL_QUANTILES } from '../../metrics/index.ts';
import { type Grid, makeGrid } from '../propose/grid.ts';

/** An expert's word on one doubtful field: which of two decisions they would rather take. */
export interface Choice {
  readonly probabilities: StageVector;
  readonly chosen: MaturityStage;
  readonly other: MaturityStage;
}

export interface ChoiceOptions {
  /**
   * How strictly experts go by expected cost, per unit of cost: at 0.5 the cheaper of two decisions that differ by the
   * founding referral cost of 2.5 is preferred in 78 of 100 answers.
   */
  readonly beta: number;
  /** Standard deviation of each cost before any answer, in the unit of the matrix. */
  readonly priorWidth: number;
}
export const DEFAULT_CHOICE_OPTIONS: ChoiceOptions = { beta: 0.5, priorWidth: 5 };

/** Costs that the choices speak for; rows actual, columns predicted, in the unit of the matrix. */
export interface ChosenCosts {
  readonly matrix: Grid<number>;
  /** 95 %, never below 0. */
  readonly intervals: Grid<[lower: number, upper: number]>;
  /** Share of a cell's prior variance that the answers have removed, 0..1. */
  readonly learned: Grid<number>;
  readonly answers: number;
  readonly options: ChoiceOptions;
}

const CELLS = makeGrid((actual, predicted) => ({ actual, predicted }))
  .flat()
  .filter(({ actual, predicted }) => actual !== predicted);

/**
 * Costs from choices between two decisions under doubt: a logistic choice model (Laidlaw & Russell 2021, Uncertain
 * decisions facilitate better preference learning, who call inferring costs from decisions under known uncertainty
 * inverse decision theory; the noisily rational choice is McFadden's 1974 logit). With the twelve costs c off the
 * diagonal and p the calibrated probabilities of the field,
 *
 *     P(A over B) = sigmoid(beta * (E[cost of B] - E[cost of A])) = sigmoid(beta * x . c)
 *     x[actual, B] = p[actual], x[actual, A] = -p[actual], 0 elsewhere
 *     c ~ normal(prior, priorWidth^2 I)
 *
 * The log posterior is strictly concave. Newton's method finds its highest point, and Laplace's approximation (Bishop
 * 2006, Pattern recognition and machine learning, 4.5) takes the inverse of the Hessian there for the covariance:
 * interval = c -+ 1.96 sqrt(covariance). Estimates and intervals are cut at 0, as no cost is negative. Throws
 * `BAD_INPUT` on a choice between a decision and itself.
 */
export function fitChoices(
  prior: CostTable,
  choices: readonly Choice[],
  options: ChoiceOptions = DEFAULT_CHOICE_OPTIONS,
): ChosenCosts {
  const { beta, priorWidth } = options;
  const start = CELLS.map(({ actual, predicted }) => prior[actual][predicted]);
  const posterior = { start, rows: choices.map((choice) => differences(choice, beta)), priorWidth };
  const mode = climb(posterior);
  const { hessian } = slopes(posterior, mode);
  const variances = CELLS.map((_, k) => solve(hessian, unit(k))[k] ?? 0);
  const of = (values: readonly number[]): Grid<number> =>
    makeGrid(
      (a, p) => values[CELLS.findIndex(({ actual, predicted }) => a === actual && p === predicted)] ?? 0,
    );
  const [costs, spread] = [of(mode), of(variances.map(Math.sqrt))];
  const learned = of(variances.map((variance) => Math.max(0, 1 - variance / priorWidth ** 2)));
  const reach = NORMAL_QUANTILES[0.95];
  return {
    matrix: makeGrid((a, p) => Math.max(0, costs[a][p])),
    intervals: makeGrid((a, p) => [
      Math.max(0, costs[a][p] - reach * spread[a][p]),
      Math.max(0, costs[a][p] + reach * spread[a][p]),
    ]),
    learned,
    answers: choices.length,
    options,
  };
}

interface LogPosterior {
  readonly start: readonly number[];
  /** beta x of each choice, so that its dot product with the costs speaks for the chosen decision. */
  readonly rows: readonly (readonly number[])[];
  readonly priorWidth: number;
}

function differences({ probabilities, chosen, other }: Choice, beta: number): number[] {
  if (chosen === other)
    throw new DomainError('BAD_INPUT', `A choice is between two decisions, not ${chosen} and itself.`);
  return CELLS.map(({ actual, predicted }) => {
    if (predicted === stageIndex(other)) return beta * probabilities[actual];
    return predicted === stageIndex(chosen) ? -beta * probabilities[actual] : 0;
  });
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
const unit = (k: number): number[] => CELLS.map((_, j) => (j === k ? 1 : 0));
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
/** log(1 + exp(-z)) without overflow. */
const surprise = (z: number): number => Math.max(0, -z) + Math.log1p(Math.exp(-Math.abs(z)));

/** Negative log posterior, up to a constant. */
function lossOf({ start, rows, priorWidth }: LogPosterior, costs: readonly number[]): number {
  const distance = costs.reduce((sum, cost, k) => sum + (cost - (start[k] ?? 0)) ** 2, 0);
  return distance / (2 * priorWidth ** 2) + rows.reduce((sum, row) => sum + surprise(dot(row, costs)), 0);
}

/** Gradient and Hessian of the loss. */
function slopes({ start, rows, priorWidth }: LogPosterior, costs: readonly number[]) {
  const precision = 1 / priorWidth ** 2;
  const gradient = costs.map((cost, k) => precision * (cost - (start[k] ?? 0)));
  const hessian = CELLS.map((_, k) => unit(k).map((one) => one * precision));
  for (const row of rows) {
    const likely = sigmoid(dot(row, costs));
    for (const [k, x] of row.entries()) {
      gradient[k] = (gradient[k] ?? 0) - (1 - likely) * x;
      const line = hessian[k] ?? [];
      for (const [j, y] of row.entries()) line[j] = (line[j] ?? 0) + likely * (1 - likely) * x * y;
    }
  }
  return { gradient, hessian };
}

const STEPS = 100;
const TOLERANCE = 1e-10;

/** Newton's method with the step halved while it does not lower the loss. Throws `INTERNAL` should it not settle. */
function climb(posterior: LogPosterior): number[] {
  let costs = [...posterior.start];
  for (let step = 0; step < STEPS; step++) {
    const { gradient, hessian } = slopes(posterior, costs);
    const direction = solve(hessian, gradient);
    // Half the squared Newton decrement: how much lower the loss can still get (Boyd & Vandenberghe 2004, 9.5.1).
    if (dot(gradient, direction) / 2 < TOLERANCE) return costs;
    const before = lossOf(posterior, costs);
    const at = (share: number) => costs.map((cost, k) => cost - share * (direction[k] ?? 0));
    let share = 1;
    while (share > TOLERANCE && lossOf(posterior, at(share)) > before) share /= 2;
    costs = at(share);
  }
  throw new DomainError('INTERNAL', 'The choice model did not settle.');
}
