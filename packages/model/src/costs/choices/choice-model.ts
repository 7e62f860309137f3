import {
  type ChoiceAnswer,
  type CostTable,
  DomainError,
  type MaturityStage,
  type StageVector,
  stageIndex,
} from '@blastwise/contracts';
import { solve } from '../../calibration/solve.ts';
import { NORMAL_QUANTILES } from '../../metrics/index.ts';
import { type Grid, makeGrid } from '../propose/grid.ts';
import { type Foretold, foretell } from './foretell.ts';

/** An expert's word on one field in doubt: which of two decisions they would rather take. */
export interface Choice {
  readonly probabilities: StageVector;
  readonly first: MaturityStage;
  readonly second: MaturityStage;
  readonly answer: ChoiceAnswer;
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

/** A cell of which the answers have removed less than this share of the prior variance is without evidence. */
export const LEARNED_AT_LEAST = 0.05;

/** Costs that the choices speak for; rows actual, columns predicted, in the unit of the matrix. */
export interface ChosenCosts {
  readonly matrix: Grid<number>;
  /** 95 %, never below 0. */
  readonly intervals: Grid<[lower: number, upper: number]>;
  /** Share of a cell's prior variance that the answers have removed, 0..1: see {@link LEARNED_AT_LEAST}. */
  readonly learned: Grid<number>;
  readonly answers: number;
  /** Null without any preference. */
  readonly foretold: Foretold | null;
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
 * No preference counts as half an answer for each. The log posterior is strictly concave. Newton's method finds its
 * highest point, and Laplace's approximation (Bishop 2006, Pattern recognition and machine learning, 4.5) takes the
 * inverse of the Hessian there for the covariance: interval = c -+ 1.96 sqrt(covariance). Estimates and intervals are cut
 * at 0, as no cost is negative. Throws `BAD_INPUT` on a choice between a decision and itself.
 */
export function fitChoices(
  prior: CostTable,
  choices: readonly Choice[],
  options: ChoiceOptions = DEFAULT_CHOICE_OPTIONS,
): ChosenCosts {
  const { beta, priorWidth } = options;
  const start = CELLS.map(({ actual, predicted }) => prior[actual][predicted]);
  const posterior = { start, answers: choices.map((choice) => toAnswer(choice, beta)), priorWidth };
  const mode = climb(posterior);
  const { hessian } = slopes(posterior, mode);
  const variances = CELLS.map((_, k) => solve(hessian, unit(k))[k] ?? 0);
  const of = (values: readonly number[]): Grid<number> =>
    makeGrid(
      (a, p) => values[CELLS.findIndex(({ actual, predicted }) => a === actual && p === predicted)] ?? 0,
    );
  const [costs, spread] = [of(mode), of(variances.map(Math.sqrt))];
  const reach = NORMAL_QUANTILES[0.95];
  const cut = mode.map((cost) => Math.max(0, cost));
  return {
    matrix: of(cut),
    intervals: makeGrid((a, p) => [
      Math.max(0, costs[a][p] - reach * spread[a][p]),
      Math.max(0, costs[a][p] + reach * spread[a][p]),
    ]),
    learned: of(variances.map((variance) => Math.max(0, 1 - variance / priorWidth ** 2))),
    answers: choices.length,
    foretold: foretell(
      posterior.answers.map(({ x, said }) => ({
        odds: dot(x, cut),
        leverage: dot(x, solve(hessian, x)),
        said,
      })),
    ),
    options,
  };
}

interface Answer {
  /** beta x: its dot product with the costs is the log odds of the first decision. */
  readonly x: readonly number[];
  /** 1: the first decision; 0: the second; 0.5: no preference. */
  readonly said: number;
}

interface LogPosterior {
  readonly start: readonly number[];
  readonly answers: readonly Answer[];
  readonly priorWidth: number;
}

const SAID: Readonly<Record<ChoiceAnswer, number>> = { first: 1, second: 0, 'no-preference': 0.5 };

function toAnswer({ probabilities, first, second, answer }: Choice, beta: number): Answer {
  if (first === second)
    throw new DomainError('BAD_INPUT', `A choice is between two decisions, not ${first} and itself.`);
  const x = CELLS.map(({ actual, predicted }) => {
    if (predicted === stageIndex(second)) return beta * probabilities[actual];
    return predicted === stageIndex(first) ? -beta * probabilities[actual] : 0;
  });
  return { x, said: SAID[answer] };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
const unit = (k: number): number[] => CELLS.map((_, j) => (j === k ? 1 : 0));
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
/** log(1 + exp(-z)) without overflow. */
const surprise = (z: number): number => Math.max(0, -z) + Math.log1p(Math.exp(-Math.abs(z)));

/** Negative log posterior, up to a constant. */
function lossOf({ start, answers, priorWidth }: LogPosterior, costs: readonly number[]): number {
  const distance = costs.reduce((sum, cost, k) => sum + (cost - (start[k] ?? 0)) ** 2, 0);
  return answers.reduce(
    (sum, { x, said }) => {
      const odds = dot(x, costs);
      return sum + said * surprise(odds) + (1 - said) * surprise(-odds);
    },
    distance / (2 * priorWidth ** 2),
  );
}

/** Gradient and Hessian of the loss. */
function slopes({ start, answers, priorWidth }: LogPosterior, costs: readonly number[]) {
  const precision = 1 / priorWidth ** 2;
  const gradient = costs.map((cost, k) => precision * (cost - (start[k] ?? 0)));
  const hessian = CELLS.map((_, k) => unit(k).map((one) => one * precision));
  for (const { x, said } of answers) {
    const likely = sigmoid(dot(x, costs));
    for (const [k, a] of x.entries()) {
      gradient[k] = (gradient[k] ?? 0) + (likely - said) * a;
      const line = hessian[k] ?? [];
      for (const [j, b] of x.entries()) line[j] = (line[j] ?? 0) + likely * (1 - likely) * a * b;
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
