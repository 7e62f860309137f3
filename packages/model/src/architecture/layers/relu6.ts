import * as tf from '../../engine/tf.ts';
import { inputAt } from './tensors.ts';

/** min(max(x, 0), 6) by one kernel; tfjs-layers' own composes two. */
export class Relu6 extends tf.layers.Layer {
  static readonly className = 'Relu6';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.relu6(inputAt(inputs));
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}
tf.serialization.registerClass(Relu6);
