import * as tf from '../../engine/tf.ts';
import { inputAt } from './tensors.ts';

/** What a network expects of RGB 0..255: channels in `order`, then `x * scale + offset` per channel of that order. */
export interface ChannelNormalisation {
  readonly order: 'rgb' | 'bgr';
  readonly scale: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

export interface NormaliseArgs extends ChannelNormalisation {
  readonly name?: string;
}

/** Brings RGB 0..255 [n,h,w,3] to the range a network was trained on. */
export class Normalise extends tf.layers.Layer {
  static readonly className = 'Normalise';
  readonly normalisation: ChannelNormalisation;
  constructor(args: NormaliseArgs) {
    super(args);
    this.normalisation = { order: args.order, scale: args.scale, offset: args.offset };
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { order, scale, offset } = this.normalisation;
    return tf.tidy(() => {
      const image = inputAt(inputs);
      const ordered = order === 'bgr' ? tf.reverse(image, -1) : image;
      return tf.add(tf.mul(ordered, tf.tensor1d([...scale])), tf.tensor1d([...offset]));
    });
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override getConfig(): tf.serialization.ConfigDict {
    const { order, scale, offset } = this.normalisation;
    return { ...super.getConfig(), order, scale: [...scale], offset: [...offset] };
  }
}
tf.serialization.registerClass(Normalise);
