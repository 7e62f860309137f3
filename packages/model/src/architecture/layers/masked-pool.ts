import * as tf from '../../engine/tf.ts';
import { inputAt, shapeAt } from './tensors.ts';

/** Added to the mask's area, in pixels of the map, so that an empty mask gives zeros instead of noise. */
export const MASK_AREA_FLOOR = 1;

abstract class MaskedPool extends tf.layers.Layer {
  override computeOutputShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
    const [n = null, , , channels = null] = shapeAt(shapes);
    return [n, channels];
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.pool(inputAt(inputs, 0), inputAt(inputs, 1)));
  }
  protected abstract pool(map: tf.Tensor, mask: tf.Tensor): tf.Tensor;
}

/** [map n,h,w,c; mask n,h,w,1 in 0..1] -> n,c: the map's mean weighted by the mask. */
export class MaskedMeanPool extends MaskedPool {
  static readonly className = 'MaskedMeanPool';
  protected override pool(map: tf.Tensor, mask: tf.Tensor): tf.Tensor {
    const area = tf.add(tf.sum(mask, [1, 2]), MASK_AREA_FLOOR);
    return tf.div(tf.sum(tf.mul(map, mask), [1, 2]), area);
  }
}

/** [map n,h,w,c >= 0; mask n,h,w,1 in 0..1] -> n,c: the largest value under the mask. */
export class MaskedMaxPool extends MaskedPool {
  static readonly className = 'MaskedMaxPool';
  protected override pool(map: tf.Tensor, mask: tf.Tensor): tf.Tensor {
    return tf.max(tf.mul(map, mask), [1, 2]);
  }
}
tf.serialization.registerClass(MaskedMeanPool);
tf.serialization.registerClass(MaskedMaxPool);
