import { DomainError } from '@blastwise/contracts';
import * as tf from '../../engine/tf.ts';
import { type UNetConfig, unetDecoder, unetEncoder } from './layers.ts';

/** Refuses sizes that the pools cannot halve. */
export function checkUNetConfig({ size, filters }: Pick<UNetConfig, 'size' | 'filters'>): void {
  const step = 2 ** (filters.length - 1);
  if (filters.length < 2 || size % step !== 0) {
    throw new DomainError(
      'BAD_INPUT',
      `A U-Net of ${filters.length} levels needs a size that ${step} divides.`,
    );
  }
}

/** U-Net (Ronneberger et al. 2015): normalised image [n,s,s,c] -> mask logits [n,s,s,maskChannels], by a sigmoid 0..1. */
export function buildUNet(config: UNetConfig): tf.LayersModel {
  checkUNetConfig(config);
  const inputs = tf.input({
    shape: [config.size, config.size, config.inputChannels],
    name: 'normalised_image',
  });
  return tf.model({
    name: 'unet',
    inputs,
    outputs: unetDecoder(config).maskLogits(unetEncoder(config)(inputs)),
  });
}
