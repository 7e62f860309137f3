export { BACKBONE_NAMES, BACKBONES, type Backbone, type BackboneName } from './backbones.ts';
export { foldBatchNorms, idleBiases } from './fold-batch-norms.ts';
export { freezeThrough } from './freeze.ts';
export { buildHead, type HeadConfig, STAGE_LOGITS_TAP } from './head/index.ts';
export {
  type BuildOptions,
  buildHybrid,
  DEFAULT_HYBRID,
  type HeadSize,
  type HybridConfig,
  type HybridParts,
  headSize,
  hybridConfigSchema,
  hybridParameters,
  IMAGE_TAP,
  maskChannelsOf,
  POOL_TAP,
} from './hybrid/index.ts';
export {
  BatchNorm,
  type ChannelNormalisation,
  Fade,
  LayerNorm,
  LayerScale,
  Normalise,
  SeededDropout,
  StochasticDepth,
  setDropoutStep,
} from './layers/index.ts';
export { buildMobileNetV2, type MobileNetV2Config } from './mobilenetv2/index.ts';
export { backboneOf, type ModelName, modelNameOf } from './model-name.ts';
export { buildNetwork } from './network.ts';
export { BOTTLENECK_TAP, buildUNet, MASK_LOGITS_TAP, type UNetConfig } from './unet/index.ts';
export { type LoadWeightsOptions, loadWeights, namedWeights, readWeights } from './weights.ts';
