import * as tf from '../../engine/tf.ts';
import { connect } from '../layers/index.ts';
import type { EncodedImage, UNetDecoder } from '../unet/index.ts';

/**
 * Reads the masked image with the U-Net up to the first level above its bottleneck and flattens that map, as the study did:
 * at 224 pixels and 32-64-128-256, 56 x 56 x 128 values. The background is replaced by 0.
 */
export function flattenedMap(
  encode: (image: tf.SymbolicTensor) => EncodedImage,
  { firstUp }: UNetDecoder,
): (normalised: tf.SymbolicTensor, mask: tf.SymbolicTensor) => tf.SymbolicTensor {
  const hide = tf.layers.multiply({ name: 'masked_image' });
  const flatten = tf.layers.flatten({ name: 'unet_flatten' });
  return (normalised, mask) => connect(flatten, firstUp(encode(connect(hide, [normalised, mask]))));
}
