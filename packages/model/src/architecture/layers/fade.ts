import * as tf from '../../engine/tf.ts';
import { LUMINANCE } from '../../images/index.ts';
import { inputAt } from './tensors.ts';

/**
 * Every pixel nearer to its own grey: RGB 0..255 [n,h,w,3] in and out. What is left of the colours is `saturation`, 0..1.
 */
export class Fade extends tf.layers.Layer {
  static readonly className = 'Fade';
  readonly saturation: number;
  constructor(args: { readonly name?: string; readonly saturation: number }) {
    super(args);
    this.saturation = args.saturation;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const image = inputAt(inputs);
      const grey = tf.sum(tf.mul(image, tf.tensor1d([...LUMINANCE])), -1, true);
      return tf.add(tf.mul(image, this.saturation), tf.mul(grey, 1 - this.saturation));
    });
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), saturation: this.saturation };
  }
}
tf.serialization.registerClass(Fade);
