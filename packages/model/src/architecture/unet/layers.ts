import * as tf from '../../engine/tf.ts';
import { chain, connect, type Layer, layerSeed } from '../layers/index.ts';

export interface UNetConfig {
  /** Height and width of the square input: a multiple of 2^(levels - 1). */
  readonly size: number;
  readonly inputChannels: number;
  /** Masks per image: the cell's alone, or the cell's and its nucleus's. */
  readonly maskChannels: 1 | 2;
  /** Channels of each level from the full resolution down to the bottleneck; published 32-64-128-256. */
  readonly filters: readonly number[];
  readonly seed: number;
}

export interface EncodedImage {
  /** Last map of every level above the bottleneck, full resolution first. */
  readonly skips: tf.SymbolicTensor[];
  readonly bottleneck: tf.SymbolicTensor;
}

export const BOTTLENECK_TAP = 'unet_bottleneck_conv_2';
export const MASK_LOGITS_TAP = 'unet_mask_logits';

/** Two 3x3 ReLU convolutions. */
function convPair(name: string, filters: number, seed: number): Layer[] {
  return [1, 2].map((i) => {
    const layer = `${name}_conv_${i}`;
    const kernelInitializer = tf.initializers.heUniform({ seed: layerSeed(seed, layer) });
    return tf.layers.conv2d({
      name: layer,
      filters,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      kernelInitializer,
    });
  });
}

/** Convolution pairs and 2x2 max-pools to the bottleneck. Applied twice, it reads two images with the same weights. */
export function unetEncoder({ filters, seed }: UNetConfig): (image: tf.SymbolicTensor) => EncodedImage {
  const levels = filters.slice(0, -1).map((width, i) => ({
    convs: convPair(`unet_down_${i + 1}`, width, seed),
    pool: tf.layers.maxPooling2d({ name: `unet_down_${i + 1}_pool`, poolSize: 2, strides: 2 }),
  }));
  const bottleneck = convPair('unet_bottleneck', filters.at(-1) ?? 0, seed);
  return (image) => {
    const skips: tf.SymbolicTensor[] = [];
    let x = image;
    for (const { convs, pool } of levels) {
      const skip = chain(convs, x);
      skips.push(skip);
      x = connect(pool, skip);
    }
    return { skips, bottleneck: chain(bottleneck, x) };
  };
}

/** 3x3 stride-2 transposed convolutions, skip concatenation and convolution pairs, level by level. */
export interface UNetDecoder {
  /** The first level: a map of twice the bottleneck's size, with the channels of the level that it joins. */
  readonly firstUp: (encoded: EncodedImage) => tf.SymbolicTensor;
  /** Up to the full resolution: the logits of the masks. */
  readonly maskLogits: (encoded: EncodedImage) => tf.SymbolicTensor;
}

export function unetDecoder({ filters, maskChannels, seed }: UNetConfig): UNetDecoder {
  const levels = filters.slice(0, -1).map((width, i) => {
    const name = `unet_up_${i + 1}`;
    const kernelInitializer = tf.initializers.heUniform({ seed: layerSeed(seed, `${name}_transpose`) });
    return {
      up: tf.layers.conv2dTranspose({
        name: `${name}_transpose`,
        filters: width,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        kernelInitializer,
      }),
      concat: tf.layers.concatenate({ name: `${name}_concat` }),
      convs: convPair(name, width, seed),
    };
  });
  const kernelInitializer = tf.initializers.glorotUniform({ seed: layerSeed(seed, MASK_LOGITS_TAP) });
  const logits = tf.layers.conv2d({
    name: MASK_LOGITS_TAP,
    filters: maskChannels,
    kernelSize: 1,
    padding: 'same',
    kernelInitializer,
  });
  /** Climbs from the bottleneck to level `last`, 0 being the full resolution. */
  const climb = ({ skips, bottleneck }: EncodedImage, last: number) =>
    levels.reduceRight((x, { up, concat, convs }, i) => {
      if (i < last) return x;
      const skip = skips[i];
      if (!skip) throw new RangeError(`The encoder has no level ${i + 1}.`);
      return chain(convs, connect(concat, [skip, connect(up, x)]));
    }, bottleneck);
  return {
    firstUp: (encoded) => climb(encoded, levels.length - 1),
    maskLogits: (encoded) => connect(logits, climb(encoded, 0)),
  };
}
