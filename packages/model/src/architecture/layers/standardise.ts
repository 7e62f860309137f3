import * as tf from '../../engine/tf.ts';
import { inputAt } from './tensors.ts';

/** Added to the standard deviation, in levels of 255, so that the noise of a flat image stays small. */
export const SPREAD_FLOOR = 8;

/**
 * [n,h,w,c] -> [n,1,1,c], rows first: wasm adds values up one by one in float32, and over all 50,176 of a field the last ones
 * would lose their digits.
 */
const meanOfPlaces = (x: tf.Tensor): tf.Tensor => tf.mean(tf.mean(x, 2, true), 1, true);

/**
 * Every channel of every image less its own mean, over its own standard deviation: [n,h,w,c] 0..255 -> about -3..3. How
 * a slide was stained, lit and photographed moves and stretches the channels; after this it is gone (instance
 * normalisation, Ulyanov et al. 2016, on the image itself).
 */
export class Standardise extends tf.layers.Layer {
  static readonly className = 'Standardise';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const image = inputAt(inputs);
      const centred = tf.sub(image, meanOfPlaces(image));
      const spread = tf.sqrt(meanOfPlaces(tf.square(centred)));
      return tf.div(centred, tf.add(spread, SPREAD_FLOOR));
    });
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}
tf.serialization.registerClass(Standardise);
