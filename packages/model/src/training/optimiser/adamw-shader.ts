import { runShader } from '../../engine/kernels/wgsl.ts';
import type * as tf from '../../engine/tf.ts';

/** A variable's weights and what AdamW keeps of its gradients, all of one shape. */
export interface Moved {
  readonly mean: tf.Tensor;
  readonly square: tf.Tensor;
  readonly weights: tf.Tensor;
}

/** What a step of AdamW multiplies by. */
export interface StepFactors {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 / (1 - beta2^t). */
  readonly squareScale: number;
  /** Learning rate / (1 - beta1^t). */
  readonly rate: number;
  /** 1 less the learning rate times the decay. */
  readonly keep: number;
}

const decayed = (name: string, value: string) => ({
  shaderKey: name,
  variableNames: ['old', 'gradient'],
  body: `
  let g = getGradientByOutputIndex(index);
  setOutputAtIndex(index, uniforms.beta * getOldByOutputIndex(index) + (1.0 - uniforms.beta) * ${value});`,
});
const MEAN = decayed('adamwMean', 'g');
const SQUARE = decayed('adamwSquare', 'g * g');
const WEIGHTS = {
  shaderKey: 'adamwWeights',
  variableNames: ['weights', 'mean', 'square'],
  body: `
  let root = sqrt(getSquareByOutputIndex(index) * uniforms.squareScale) + uniforms.epsilon;
  let moved = uniforms.rate * getMeanByOutputIndex(index) / root;
  setOutputAtIndex(index, uniforms.keep * getWeightsByOutputIndex(index) - moved);`,
};

/** One variable's step in three commands to a graphics device instead of thirteen: there the commands take the time. */
export function stepByShaders(
  { mean, square, weights }: Moved,
  gradient: tf.Tensor,
  { beta1, beta2, epsilon, squareScale, rate, keep }: StepFactors,
): Moved {
  const outputShape = weights.shape;
  const newMean = runShader({ ...MEAN, outputShape, scalars: { beta: beta1 } }, [mean, gradient]);
  const newSquare = runShader({ ...SQUARE, outputShape, scalars: { beta: beta2 } }, [square, gradient]);
  const scalars = { epsilon, squareScale, rate, keep };
  return {
    mean: newMean,
    square: newSquare,
    weights: runShader({ ...WEIGHTS, outputShape, scalars }, [weights, newMean, newSquare]),
  };
}
