import * as tf from '../../engine/tf.ts';
import { inputAt } from './tensors.ts';

export interface LayerNormArgs {
  readonly name?: string;
  /** Added to the variance. */
  readonly epsilon: number;
}

/**
 * Every position's channels brought to mean 0 and variance 1, then scaled and shifted per channel (Ba et al. 2016):
 * [n,...,c] in and out. tfjs's own tiles its statistics to full size, and a tile's gradient takes a slice per copy: one
 * for every position of the map.
 */
export class LayerNorm extends tf.layers.Layer {
  static readonly className = 'LayerNorm';
  readonly epsilon: number;
  private gamma?: tf.LayerVariable;
  private beta?: tf.LayerVariable;
  constructor(args: LayerNormArgs) {
    super(args);
    this.epsilon = args.epsilon;
  }
  override build(shape: tf.Shape): void {
    const channels = [shape.at(-1) ?? null];
    this.gamma = this.addWeight('gamma', channels, 'float32', tf.initializers.ones());
    this.beta = this.addWeight('beta', channels, 'float32', tf.initializers.zeros());
    super.build(shape);
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { gamma, beta } = this;
    if (!gamma || !beta) throw new RangeError(`${this.name} has not been built.`);
    return tf.tidy(() => {
      const x = inputAt(inputs);
      const centred = tf.sub(x, tf.mean(x, -1, true));
      const variance = tf.mean(tf.square(centred), -1, true);
      const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, this.epsilon)));
      return tf.add(tf.mul(normal, gamma.read()), beta.read());
    });
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), epsilon: this.epsilon };
  }
}
tf.serialization.registerClass(LayerNorm);
