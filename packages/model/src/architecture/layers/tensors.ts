import type * as tf from '../../engine/tf.ts';

/** The i-th input of a layer's `call`. */
export function inputAt(inputs: tf.Tensor | tf.Tensor[], i = 0): tf.Tensor {
  const tensor = Array.isArray(inputs) ? inputs[i] : i === 0 ? inputs : undefined;
  if (!tensor) throw new RangeError(`The layer was given no input ${i}.`);
  return tensor;
}

/** The i-th input shape of a layer's `computeOutputShape`. */
export function shapeAt(shapes: tf.Shape | tf.Shape[], i = 0): tf.Shape {
  const shape = Array.isArray(shapes[0]) ? shapes[i] : i === 0 ? shapes : undefined;
  if (!Array.isArray(shape)) throw new RangeError(`The layer was given no input shape ${i}.`);
  return shape as tf.Shape;
}
