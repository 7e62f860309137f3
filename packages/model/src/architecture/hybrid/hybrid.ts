import * as tf from '../../engine/tf.ts';
import { BACKBONES, type Backbone } from '../backbones.ts';
import { headLayers } from '../head/index.ts';
import { CellChannel, connect, Fade, Normalise, Standardise } from '../layers/index.ts';
import { CELL_READING, SYMMETRIC } from '../normalisations.ts';
import { cutAt, runStages, type Stage } from '../stage.ts';
import { unetDecoder, unetEncoder } from '../unet/index.ts';
import { type HybridConfig, IMAGE_TAP, maskChannelsOf, POOL_TAP } from './config.ts';
import { flattenedMap } from './flattened-map.ts';
import { maskedPooling } from './masked-pooling.ts';

/**
 * The hybrid and its parts, which share layers and weights. `image` is RGB 0..255 [n,s,s,3]; s = config.size.
 * The masks are 0..1 [n,s,s,m], m = 1 or 2: channel 0 whole white cells, channel 1 their nuclei.
 * U-Net features are [n,U]: U = 2F, F the bottleneck's channels; in the variant `published` all values of the map above
 * it. Features are [n,D+U].
 */
export interface HybridParts {
  readonly config: HybridConfig;
  /** image -> [stage logits n,4; masks; features] */
  readonly whole: tf.LayersModel;
  /** image -> what `whole` answers, and the last map of the backbone n,s/32,s/32,D: what an explanation needs. */
  readonly explained: tf.LayersModel;
  /** image -> [backbone map at the tap, pooled n,D at `POOL_TAP`; U-Net features; masks]: what training caches. */
  readonly lower: tf.LayersModel;
  /** [backbone map at the tap, U-Net features] -> [stage logits; features] */
  readonly upper: tf.LayersModel;
  /** features -> stage logits */
  readonly head: tf.LayersModel;
  /** image -> mask logits n,s,s,m */
  readonly unet: tf.LayersModel;
  /** [image, cell mask n,s,s,1] -> U-Net features, for masks that come from elsewhere. */
  readonly masked: tf.LayersModel;
  /** Frees the weights of all parts. */
  dispose(): void;
}

export interface BuildOptions {
  /** Draw the backbone's kernels for training from scratch, instead of leaving them at zero to be loaded. */
  readonly drawBackbone?: boolean;
  /** Give the backbone above the tap its batch norms back, for training; see `foldBatchNorms`. */
  readonly unfold?: boolean;
}

/** Builds the hybrid; backbone weights start at zero (load them), the rest at seeded values. Needs an engine. */
export function buildHybrid(
  config: HybridConfig,
  { drawBackbone = false, unfold = false }: BuildOptions = {},
): HybridParts {
  const { size, seed, saturation = 1 } = config;
  const backbone: Backbone = BACKBONES[config.backbone];
  const { unetFilters: filters } = config;
  const maskChannels = maskChannelsOf(config);
  const unetConfig = { size, inputChannels: 3, filters, maskChannels, seed };
  const [encode, decode] = [unetEncoder(unetConfig), unetDecoder(unetConfig)];
  const pool =
    config.variant === 'published' ? flattenedMap(encode, decode) : maskedPooling(unetConfig, encode);
  const classify = headLayers({ ...config, widths: config.head });
  const forBackbone = new Normalise({ name: IMAGE_TAP, ...backbone.preprocessing });
  const forCells = new Normalise({
    name: 'unet_normalise',
    ...(config.standardise ? CELL_READING : SYMMETRIC),
  });
  const forMasks = config.standardise ? new Standardise({ name: 'unet_standardise' }) : forCells;
  const sigmoid = tf.layers.activation({ name: 'mask', activation: 'sigmoid' });
  const average = tf.layers.globalAveragePooling2d({ name: POOL_TAP });
  const pieces = (stages: readonly Stage[]): Stage[] => [
    { tap: IMAGE_TAP, apply: (x) => connect(forBackbone, x) },
    ...stages,
    { tap: POOL_TAP, apply: (x) => connect(average, x) },
  ];
  const folded = cutAt(pieces(backbone.stages(drawBackbone ? seed : undefined)), config.tap);
  const lowerStages = folded.lower;
  const upperStages =
    unfold && backbone.unfoldedStages
      ? cutAt(pieces(backbone.unfoldedStages()), config.tap).upper
      : folded.upper;
  const join = tf.layers.concatenate({ name: 'features' });

  const image = tf.input({ shape: [size, size, 3], name: 'image' });
  const maskLogits = decode.maskLogits(encode(connect(forMasks, image)));
  const normalised = connect(forCells, image);
  const mask = connect(sigmoid, maskLogits);
  const cells = maskChannels === 1 ? mask : connect(new CellChannel({ name: 'cell_mask' }), mask);
  const unetFeatures = pool(normalised, cells);
  const paler = saturation < 1 ? connect(new Fade({ name: 'backbone_fade', saturation }), image) : image;
  const map = runStages(lowerStages, paler);
  const pooled = runStages(upperStages, map);
  const [lastMap] = pooled.inputs;
  if (!lastMap) throw new RangeError('The average is taken of nothing.');
  const features = connect(join, [pooled, unetFeatures]);

  const givenMask = tf.input({ shape: [size, size, 1], name: 'given_mask' });
  const mapInput = tf.input({ shape: map.shape.slice(1), name: 'map' });
  const unetInput = tf.input({ shape: unetFeatures.shape.slice(1), name: 'unet_features' });
  const featureInput = tf.input({ shape: features.shape.slice(1), name: 'feature_vector' });
  const upperFeatures = connect(join, [runStages(upperStages, mapInput), unetInput]);
  const stageLogits = classify(features);

  const parts = {
    whole: tf.model({ name: 'hybrid', inputs: image, outputs: [stageLogits, mask, features] }),
    explained: tf.model({
      name: 'explained_hybrid',
      inputs: image,
      outputs: [stageLogits, mask, features, lastMap],
    }),
    lower: tf.model({ name: 'lower', inputs: image, outputs: [map, unetFeatures, mask] }),
    upper: tf.model({
      name: 'upper',
      inputs: [mapInput, unetInput],
      outputs: [classify(upperFeatures), upperFeatures],
    }),
    head: tf.model({ name: 'head', inputs: featureInput, outputs: classify(featureInput) }),
    unet: tf.model({ name: 'unet', inputs: image, outputs: maskLogits }),
    masked: tf.model({ name: 'masked', inputs: [image, givenMask], outputs: pool(normalised, givenMask) }),
  };
  const dispose = () => {
    for (const layer of parts.whole.layers) for (const weight of layer.weights) weight.dispose();
  };
  return { config, ...parts, dispose };
}
