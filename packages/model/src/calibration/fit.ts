import { DomainError, type MaturityStage, type StageVector, stageIndex } from '@blastwise/contracts';
import { type Calibration, centre, softmax } from './calibrate.ts';
import { solve } from './solve.ts';

/**
 * Weight of the prior "temperature 1", worth about one field: without it, separable validation data would push the
 * temperature to 0.
 */
const SLOPE_PRECISION = 1;
/**
 * Weight of the prior "the biases undo the class weights of the training and nothing else" (Saerens et al. 2002): a
 * handful of errors, most of them in one look, say little about a stage's bias, and without it they move it far.
 */
const BIAS_PRECISION = 16;
const PRECISION = [SLOPE_PRECISION, BIAS_PRECISION, BIAS_PRECISION, BIAS_PRECISION, BIAS_PRECISION] as const;
const LOWEST_SLOPE = 0.02;
const MAX_STEPS = 100;

/** Parameters of the fit: the slope 1 / temperature, then the four biases. */
type Parameters = [number, number, number, number, number];

/**
 * Fits temperature and per-stage bias to unweighted validation logits by penalised maximum likelihood. The objective
 * is convex in slope and biases, so damped Newton steps reach the one minimum, without chance. The network is taken to
 * have been trained with class weights, that is, for equal stage shares: the biases are drawn towards the logarithms of
 * the shares of the labels given here, which the fitted probabilities assume.
 * Throws `BAD_INPUT` when there are no logits, or not one label for each.
 */
export function fitCalibration(
  logits: readonly StageVector[],
  labels: readonly MaturityStage[],
): Calibration {
  if (logits.length === 0 || logits.length !== labels.length)
    throw new DomainError('BAD_INPUT', 'Calibration needs logits and one label for each of them.');
  const targets = labels.map(stageIndex);
  const prior = priorOf(targets);
  let at = prior;
  let here = objective(logits, targets, at, prior);
  for (let i = 0; i < MAX_STEPS; i++) {
    const { gradient, hessian } = derivatives(logits, targets, at, prior);
    const step = solve(hessian, gradient);
    let damping = 1;
    let next = moved(at, step, damping);
    let there = objective(logits, targets, next, prior);
    while (there > here && damping > 1e-6) {
      damping /= 2;
      next = moved(at, step, damping);
      there = objective(logits, targets, next, prior);
    }
    if (!(there < here - 1e-12 * Math.abs(here))) break;
    at = next;
    here = there;
  }
  return { temperature: 1 / at[0], bias: centre([at[1], at[2], at[3], at[4]]), prior: shares(targets) };
}

function probabilities([z0, z1, z2, z3]: StageVector, [slope, b0, b1, b2, b3]: Parameters): StageVector {
  return softmax([slope * z0 + b0, slope * z1 + b1, slope * z2 + b2, slope * z3 + b3]);
}

/** Temperature 1, and the biases that turn equal stage shares into those of the targets; no stage counts as impossible. */
function priorOf(targets: readonly number[]): Parameters {
  const log = (stage: number) =>
    Math.log((targets.filter((t) => t === stage).length + 1) / (targets.length + 4));
  return [1, ...centre([log(0), log(1), log(2), log(3)])];
}

function objective(
  logits: readonly StageVector[],
  targets: readonly number[],
  at: Parameters,
  prior: Parameters,
): number {
  let sum = 0;
  logits.forEach((z, n) => {
    sum -= Math.log(Math.max(probabilities(z, at)[targets[n] ?? 0] ?? 0, Number.MIN_VALUE));
  });
  return at.reduce((all, value, k) => all + ((PRECISION[k] ?? 0) / 2) * (value - (prior[k] ?? 0)) ** 2, sum);
}

/** Gradient (5) and Hessian (5 x 5) of the objective. */
function derivatives(
  logits: readonly StageVector[],
  targets: readonly number[],
  at: Parameters,
  prior: Parameters,
) {
  const gradient = at.map((value, k) => (PRECISION[k] ?? 0) * (value - (prior[k] ?? 0)));
  const hessian = at.map((_, r) => at.map((__, c): number => (r === c ? (PRECISION[r] ?? 0) : 0)));
  logits.forEach((z, n) => {
    const p = probabilities(z, at);
    const mean = z.reduce((sum, zi, i) => sum + (p[i] ?? 0) * zi, 0);
    const add = (r: number, c: number, value: number): void => {
      const row = hessian[r];
      if (row) row[c] = (row[c] ?? 0) + value;
    };
    p.forEach((pi, i) => {
      const zi = z[i] ?? 0;
      const error = pi - (targets[n] === i ? 1 : 0);
      gradient[0] = (gradient[0] ?? 0) + error * zi;
      gradient[i + 1] = (gradient[i + 1] ?? 0) + error;
      add(0, 0, pi * zi * (zi - mean));
      add(0, i + 1, pi * (zi - mean));
      add(i + 1, 0, pi * (zi - mean));
      p.forEach((pj, j) => {
        add(i + 1, j + 1, (i === j ? pi : 0) - pi * pj);
      });
    });
  });
  return { gradient, hessian };
}

function moved(at: Parameters, step: readonly number[], damping: number): Parameters {
  const to = (k: 0 | 1 | 2 | 3 | 4): number => at[k] - damping * (step[k] ?? 0);
  return [Math.max(LOWEST_SLOPE, to(0)), to(1), to(2), to(3), to(4)];
}

function shares(targets: readonly number[]): StageVector {
  const share = (stage: number): number => targets.filter((t) => t === stage).length / targets.length;
  return [share(0), share(1), share(2), share(3)];
}
