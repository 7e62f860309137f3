import { activation, relu6 } from './activation.ts';
import type { OperatorWriter } from './context.ts';
import { conv2d, conv2dTranspose, depthwiseConv2d } from './convolution.ts';
import { dense } from './dense.ts';
import { fade } from './fade.ts';
import { add, cellChannel, concatenate, identity, multiply, normalise } from './merge.ts';
import { batchNormalization, layerNorm, layerScale } from './normalisation.ts';
import { zeroPadding2d } from './padding.ts';
import {
  averagePooling2d,
  flatten,
  globalAveragePooling2d,
  maskedMaxPool,
  maskedMeanPool,
  maxPooling2d,
} from './pooling.ts';
import { standardise } from './standardise.ts';

/** The writer of every layer class that our networks use, by tfjs's class name. */
export const OPERATORS: Readonly<Record<string, OperatorWriter>> = {
  Activation: activation,
  Add: add,
  AveragePooling2D: averagePooling2d,
  BatchNormalization: batchNormalization,
  CellChannel: cellChannel,
  Concatenate: concatenate,
  Conv2D: conv2d,
  Conv2DTranspose: conv2dTranspose,
  Dense: dense,
  DepthwiseConv2D: depthwiseConv2d,
  Fade: fade,
  Flatten: flatten,
  GlobalAveragePooling2D: globalAveragePooling2d,
  LayerNorm: layerNorm,
  LayerScale: layerScale,
  MaskedMaxPool: maskedMaxPool,
  MaskedMeanPool: maskedMeanPool,
  MaxPooling2D: maxPooling2d,
  Multiply: multiply,
  Normalise: normalise,
  Relu6: relu6,
  SeededDropout: identity,
  Standardise: standardise,
  StochasticDepth: identity,
  ZeroPadding2D: zeroPadding2d,
};
