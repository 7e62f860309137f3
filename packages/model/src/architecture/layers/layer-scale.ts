import * as tf from '../../engine/tf.ts';
import { inputAt } from './tensors.ts';

export interface LayerScaleArgs {
  readonly name?: string;
  /** What every channel's factor starts at; published 1e-6. */
  readonly initial: number;
}

/** A learned factor per channel, small at first so that a residual branch starts near nothing (Touvron et al. 2021). */
export class LayerScale extends tf.layers.Layer {
  static readonly className = 'LayerScale';
  readonly initial: number;
  private gamma?: tf.LayerVariable;
  constructor(args: LayerScaleArgs) {
    super(args);
    this.initial = args.initial;
  }
  override build(shape: tf.Shape): void {
    const value = tf.initializers.constant({ value: this.initial });
    this.gamma = this.addWeight('gamma', [shape.at(-1) ?? null], 'float32', value);
    super.build(shape);
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    if (!this.gamma) throw new RangeError(`${this.name} has not been built.`);
    return tf.mul(inputAt(inputs), this.gamma.read());
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), initial: this.initial };
  }
}
tf.serialization.registerClass(LayerScale);
