import * as tf from '../../engine/tf.ts';
import { inputAt } from './tensors.ts';

/** Added to the variance, as in Keras's MobileNetV2. */
export const BATCH_NORM_EPSILON = 1e-3;
/** Share of the moving statistics that every batch leaves as it was. */
export const BATCH_NORM_MOMENTUM = 0.9;

/** Mean of every channel of [n,h,w,c] over all positions of the batch. */
function channelMeans(x: tf.Tensor4D): tf.Tensor1D {
  const [, height, width] = x.shape;
  return tf.mean(tf.avgPool(x, [height, width], 1, 'valid'), [0, 1, 2]);
}

const inverseDeviation = (variance: tf.Tensor): tf.Tensor => tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON));

export interface ChannelMoments {
  readonly mean: tf.Tensor1D;
  /** Biased. */
  readonly variance: tf.Tensor1D;
  /** What it was taken of, less the mean. */
  readonly centred: tf.Tensor4D;
}

/** Mean and variance of every channel of [n,h,w,c] over all positions of the batch. */
export function channelMoments(x: tf.Tensor4D): ChannelMoments {
  const mean = channelMeans(x);
  const centred = tf.sub<tf.Tensor4D>(x, mean);
  return { mean, variance: channelMeans(tf.mul(centred, centred)), centred };
}

/**
 * Channels of `x` [n,h,w,c] brought to mean 0 and variance 1 over the batch, then scaled by `gamma` and shifted by `beta`
 * [c]. The gradient goes through the batch's mean and variance (Ioffe and Szegedy 2015):
 * dx = gamma / sigma (dy - mean(dy) - xhat mean(dy xhat)). Products and sums only: tfjs's batch norm kernel for wasm
 * takes three times as long as both together.
 */
export function normaliseBatch(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  { variance, centred }: ChannelMoments,
): tf.Tensor4D {
  const normalise = tf.customGrad((...args) => {
    const [, scale, shift, save] = args as unknown as [
      tf.Tensor4D,
      tf.Tensor1D,
      tf.Tensor1D,
      (tensors: tf.Tensor[]) => void,
    ];
    save([centred, scale, inverseDeviation(variance)]);
    const value = tf.add(tf.mul(centred, tf.mul(scale, inverseDeviation(variance))), shift);
    const gradFunc = (given: tf.Tensor, saved: tf.Tensor[]) => {
      const dy = given as tf.Tensor4D;
      const [x0, gain, inverse] = saved as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
      const meanOfDy = channelMeans(dy);
      const meanWithNormal = tf.mul(channelMeans(tf.mul(dy, x0)), inverse);
      const common = tf.add(tf.mul(x0, tf.mul(meanWithNormal, inverse)), meanOfDy);
      const dx = tf.mul(tf.sub(dy, common), tf.mul(gain, inverse));
      const positions = dy.size / dy.shape[3];
      return [dx, tf.mul(meanWithNormal, positions), tf.mul(meanOfDy, positions)];
    };
    return { value, gradFunc };
  });
  return normalise(x, gamma, beta) as tf.Tensor4D;
}

/**
 * Batch norm of maps [n,h,w,c] by the batch in training, by moving statistics otherwise. It starts as the identity, so
 * it can be set behind a convolution whose own batch norm has been folded into its filters.
 */
export class BatchNorm extends tf.layers.Layer {
  static readonly className = 'BatchNorm';
  /** While set, the layer takes over the statistics of what it is shown and lets it pass. */
  private adopting = false;
  private variables?: {
    readonly gamma: tf.LayerVariable;
    readonly beta: tf.LayerVariable;
    readonly mean: tf.LayerVariable;
    readonly variance: tf.LayerVariable;
  };

  override build(shape: tf.Shape): void {
    const channels = [shape.at(-1) ?? null];
    const { zeros, ones, constant } = tf.initializers;
    const weight = (name: string, initial: ReturnType<typeof zeros>, trained: boolean) =>
      this.addWeight(name, channels, 'float32', initial, undefined, trained);
    this.variables = {
      gamma: weight('gamma', ones(), true),
      beta: weight('beta', zeros(), true),
      mean: weight('moving_mean', zeros(), false),
      variance: weight('moving_variance', constant({ value: 1 - BATCH_NORM_EPSILON }), false),
    };
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean }): tf.Tensor {
    if (!this.variables) throw new RangeError(`${this.name} has not been built.`);
    const { gamma, beta, mean, variance } = this.variables;
    return tf.tidy(() => {
      const x = inputAt(inputs) as tf.Tensor4D;
      if (this.adopting) {
        const moments = channelMoments(x);
        mean.write(moments.mean);
        variance.write(moments.variance);
        gamma.write(tf.sqrt(tf.add(moments.variance, BATCH_NORM_EPSILON)));
        beta.write(moments.mean);
        return tf.clone(x);
      }
      if (!training) {
        const scale = tf.mul(gamma.read(), inverseDeviation(variance.read()));
        return tf.add(tf.mul(x, scale), tf.sub(beta.read(), tf.mul(mean.read(), scale)));
      }
      const moments = channelMoments(x);
      const follow = (moving: tf.LayerVariable, now: tf.Tensor) =>
        moving.write(
          tf.add(tf.mul(moving.read(), BATCH_NORM_MOMENTUM), tf.mul(now, 1 - BATCH_NORM_MOMENTUM)),
        );
      follow(mean, moments.mean);
      follow(variance, moments.variance);
      return normaliseBatch(x, gamma.read() as tf.Tensor1D, beta.read() as tf.Tensor1D, moments);
    });
  }

  /** Runs `forward`, from which every layer takes the statistics of its input, and the scale and shift that undo them. */
  static adopt(layers: readonly tf.layers.Layer[], forward: () => void): void {
    const norms = layers.filter((layer) => layer instanceof BatchNorm);
    for (const norm of norms) norm.adopting = true;
    try {
      forward();
    } finally {
      for (const norm of norms) norm.adopting = false;
    }
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}
tf.serialization.registerClass(BatchNorm);
