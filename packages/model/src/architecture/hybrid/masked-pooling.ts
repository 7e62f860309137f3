import * as tf from '../../engine/tf.ts';
import { connect, MaskedMaxPool, MaskedMeanPool } from '../layers/index.ts';
import type { EncodedImage, UNetConfig } from '../unet/index.ts';

/**
 * Reads the masked image with the U-Net's own encoder and pools its bottleneck over the mask. The background is
 * replaced by 0, a typical field's mean after normalisation, so that nothing but the cells can reach these features.
 */
export function maskedPooling(
  { filters }: UNetConfig,
  encode: (image: tf.SymbolicTensor) => EncodedImage,
): (normalised: tf.SymbolicTensor, mask: tf.SymbolicTensor) => tf.SymbolicTensor {
  const hide = tf.layers.multiply({ name: 'masked_image' });
  const step = 2 ** (filters.length - 1);
  const shrink = tf.layers.averagePooling2d({ name: 'mask_at_bottleneck', poolSize: step, strides: step });
  const mean = new MaskedMeanPool({ name: 'unet_mean_pool' });
  const max = new MaskedMaxPool({ name: 'unet_max_pool' });
  const join = tf.layers.concatenate({ name: 'unet_features_joined' });
  return (normalised, mask) => {
    const { bottleneck } = encode(connect(hide, [normalised, mask]));
    const small = connect(shrink, mask);
    return connect(join, [connect(mean, [bottleneck, small]), connect(max, [bottleneck, small])]);
  };
}
