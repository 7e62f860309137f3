import type { StageVector } from '@blastwise/contracts';

/** Names the form below, so that a stored result says how its probabilities were made. */
export const CALIBRATION_METHOD = 'temperature-bias-v1';

/**
 * `softmax(logits / temperature + bias)`: temperature scaling (Guo et al. 2017) with one bias per stage (bias-corrected
 * temperature scaling, Alexandari et al. 2020). The biases sum to 0. `prior`: shares of the stages that the
 * probabilities assume.
 */
export interface Calibration {
  temperature: number;
  bias: StageVector;
  prior: StageVector;
}

export function softmax(logits: StageVector): StageVector {
  const highest = Math.max(...logits);
  const [a, b, c, d] = logits;
  return normalise([
    Math.exp(a - highest),
    Math.exp(b - highest),
    Math.exp(c - highest),
    Math.exp(d - highest),
  ]);
}

/** Calibrated probabilities of one field's four stage logits. */
export function calibrate(
  logits: StageVector,
  { temperature, bias }: Pick<Calibration, 'temperature' | 'bias'>,
): StageVector {
  return softmax([
    logits[0] / temperature + bias[0],
    logits[1] / temperature + bias[1],
    logits[2] / temperature + bias[2],
    logits[3] / temperature + bias[3],
  ]);
}

/** Shifts biases to sum to 0, which changes no probability. */
export function centre([a, b, c, d]: StageVector): StageVector {
  const mean = (a + b + c + d) / 4;
  return [a - mean, b - mean, c - mean, d - mean];
}

function normalise([a, b, c, d]: StageVector): StageVector {
  const sum = a + b + c + d;
  return [a / sum, b / sum, c / sum, d / sum];
}
