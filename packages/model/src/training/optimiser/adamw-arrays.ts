import type { StepFactors } from './adamw-shader.ts';

/** A weight and what AdamW keeps of its gradients, all of one length; changed in place. */
export interface MovedArrays {
  readonly weights: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

/** One step of AdamW on plain arrays. */
export function stepArrays(
  { weights, mean, square }: MovedArrays,
  gradient: Float32Array,
  factors: StepFactors,
): void {
  const { beta1, beta2, epsilon, squareScale, rate, keep } = factors;
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i] ?? 0;
    const m = beta1 * (mean[i] ?? 0) + (1 - beta1) * g;
    const v = beta2 * (square[i] ?? 0) + (1 - beta2) * g * g;
    mean[i] = m;
    square[i] = v;
    weights[i] = keep * (weights[i] ?? 0) - (rate * m) / (Math.sqrt(v * squareScale) + epsilon);
  }
}
