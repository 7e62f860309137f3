import * as tf from '../../engine/tf.ts';
import { type Moved, type StepFactors, stepByShaders } from './adamw-shader.ts';

export interface AdamWConfig {
  /** Decay of the gradient's mean. */
  readonly beta1: number;
  /** Decay of the gradient's square. */
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled weight decay, multiplied by the learning rate; applied to matrices and filters, not to biases and scales. */
  readonly weightDecay: number;
}

export const ADAMW: AdamWConfig = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };

/** What a checkpoint keeps of an optimiser: the moments of every variable, in the variables' order. */
export interface AdamWState {
  readonly step: number;
  readonly means: Float32Array[];
  readonly squares: Float32Array[];
}

/** What the `taken`-th step (1-based) multiplies a weight of a rank by, at its learning rate. */
export function stepFactors(
  { beta1, beta2, epsilon, weightDecay }: AdamWConfig,
  { taken, rate, rank }: { readonly taken: number; readonly rate: number; readonly rank: number },
): StepFactors {
  return {
    beta1,
    beta2,
    epsilon,
    squareScale: 1 / (1 - beta2 ** taken),
    rate: rate / (1 - beta1 ** taken),
    keep: rank > 1 ? 1 - rate * weightDecay : 1,
  };
}

function composedStep({ mean, square, weights }: Moved, gradient: tf.Tensor, factors: StepFactors): Moved {
  const { beta1, beta2, epsilon, squareScale, rate, keep } = factors;
  const newMean = tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1));
  const newSquare = tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const root = tf.add(tf.sqrt(tf.mul(newSquare, squareScale)), epsilon);
  const adam = tf.mul(tf.div(newMean, root), rate);
  const kept = keep === 1 ? weights : tf.mul(weights, keep);
  return { mean: newMean, square: newSquare, weights: tf.sub(kept, adam) };
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), which tfjs lacks:
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate (mhat / (sqrt(vhat) + e) + decay w),
 * with mhat = m / (1 - b1^t), vhat = v / (1 - b2^t).
 */
export class AdamW {
  private readonly variables: readonly tf.Variable[];
  private readonly config: AdamWConfig;
  private readonly means: tf.Variable[];
  private readonly squares: tf.Variable[];
  private taken = 0;

  constructor(variables: readonly tf.Variable[], config: AdamWConfig = ADAMW) {
    this.variables = variables;
    this.config = config;
    const zeros = () =>
      variables.map((v) => {
        const start = tf.zeros(v.shape);
        const moment = tf.variable(start, false);
        start.dispose();
        return moment;
      });
    this.means = zeros();
    this.squares = zeros();
  }

  /** One step down `gradients` (by variable name; a variable without one stays), at each variable's own learning rate. */
  step(gradients: tf.NamedTensorMap, rateOf: (variable: tf.Variable) => number): void {
    this.taken += 1;
    const stepOf = tf.getBackend() === 'webgpu' ? stepByShaders : composedStep;
    this.variables.forEach((variable, i) => {
      const gradient = gradients[variable.name];
      const mean = this.means[i];
      const square = this.squares[i];
      if (!gradient || !mean || !square) return;
      const { rank } = variable;
      const factors = stepFactors(this.config, { taken: this.taken, rate: rateOf(variable), rank });
      tf.tidy(() => {
        const moved = stepOf({ mean, square, weights: variable }, gradient, factors);
        mean.assign(moved.mean);
        square.assign(moved.square);
        variable.assign(moved.weights);
      });
    });
  }

  async state(): Promise<AdamWState> {
    const read = (variables: tf.Variable[]) =>
      Promise.all(variables.map(async (v) => Float32Array.from(await v.data())));
    return { step: this.taken, means: await read(this.means), squares: await read(this.squares) };
  }

  restore({ step, means, squares }: AdamWState): void {
    this.taken = step;
    const write = (variables: tf.Variable[], values: Float32Array[]) =>
      variables.forEach((v, i) => {
        tf.tidy(() => v.assign(tf.tensor(values[i] ?? [], v.shape)));
      });
    write(this.means, means);
    write(this.squares, squares);
  }

  dispose(): void {
    tf.dispose([...this.means, ...this.squares]);
  }
}
