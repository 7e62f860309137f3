import * as tf from '../../engine/tf.ts';
import { inputAt, shapeAt } from './tensors.ts';

/** masks [n,h,w,m] -> the first of them [n,h,w,1]: whole white cells. */
export class CellChannel extends tf.layers.Layer {
  static readonly className = 'CellChannel';
  override computeOutputShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
    const [n = null, height = null, width = null] = shapeAt(shapes);
    return [n, height, width, 1];
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.slice(inputAt(inputs, 0), [0, 0, 0, 0], [-1, -1, -1, 1]));
  }
}
tf.serialization.registerClass(CellChannel);
