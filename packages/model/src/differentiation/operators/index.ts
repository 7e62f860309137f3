import { z } from 'zod';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM, SeededDropout } from '../../architecture/layers/index.ts';
import type * as tf from '../../engine/tf.ts';
import { convPads, transposedConvPads, type Window, windowSchema } from '../../export/operators/padding.ts';
import type { Value } from '../tape.ts';
import { rectified } from './activation.ts';
import { batchNorm } from './batch-norm.ts';
import { type DifferentiableLayer, inputOf, type LayerContext, mapShape } from './context.ts';
import { convolution, transposedConvolution } from './convolution.ts';
import { dense, squarePenalty } from './dense.ts';
import { depthwise } from './depthwise.ts';
import { normalise, standardise } from './images.ts';
import { add, concatenate, multiply } from './merge.ts';
import { pointwise } from './pointwise.ts';
import { globalAverage, maxPool } from './pooling.ts';

export type { DifferentiableLayer, FollowedStatistic, LayerContext } from './context.ts';

const activationOf = z.enum(['linear', 'relu']);
const convolutionSchema = windowSchema.extend({
  kernelSize: z.tuple([z.int(), z.int()]),
  dataFormat: z.literal('channelsLast'),
  activation: activationOf,
});
const denseSchema = z.object({
  activation: activationOf,
  kernelRegularizer: z
    .object({ config: z.object({ l1: z.literal(0).optional(), l2: z.number() }) })
    .nullish(),
});
const poolSchema = z.object({
  poolSize: z.tuple([z.int(), z.int()]),
  strides: z.tuple([z.int(), z.int()]),
});
const normSchema = z.object({ epsilon: z.number(), momentum: z.number() });

function activated({ tape, layer }: LayerContext, activation: z.infer<typeof activationOf>, x: Value): Value {
  return activation === 'relu' ? rectified(tape, `${layer.name}_relu`, x) : x;
}

const biasOf = ({ weight, hasWeight }: LayerContext): Value | null =>
  hasWeight('bias') ? weight('bias') : null;

function padsOf(window: Window, x: Value): readonly [number, number, number, number] {
  const [, , height, width] = mapShape(x);
  const [top = 0, left = 0, bottom = 0, right = 0] = convPads(window, [height, width]);
  return [top, left, bottom, right];
}

const conv2d: DifferentiableLayer = (context) => {
  const { tape, layer, weight } = context;
  const { kernelSize, strides, padding, activation } = convolutionSchema.parse(layer.getConfig());
  const x = inputOf(context);
  const [kernel, bias] = [weight('kernel'), biasOf(context)];
  const isPointwise = kernelSize.every((n) => n === 1);
  const pads = isPointwise ? null : padsOf({ strides, padding, kernel: kernelSize }, x);
  const output = pads
    ? convolution(tape, layer.name, x, { kernel, bias, pads })
    : pointwise(tape, layer.name, x, kernel, bias);
  return activated(context, activation, output);
};

const depthwiseConv2d: DifferentiableLayer = (context) => {
  const { tape, layer, weight } = context;
  const { strides, padding, kernelSize, activation } = convolutionSchema.parse(layer.getConfig());
  const x = inputOf(context);
  const pads = padsOf({ strides, padding, kernel: kernelSize }, x);
  const window = { stride: strides[0], pads };
  const output = depthwise(tape, layer.name, x, weight('depthwise_kernel'), biasOf(context), window);
  return activated(context, activation, output);
};

const conv2dTranspose: DifferentiableLayer = (context) => {
  const { tape, layer, weight } = context;
  const { kernelSize, strides, padding, activation } = convolutionSchema.parse(layer.getConfig());
  const [top = 0, left = 0, bottom = 0, right = 0] = transposedConvPads({
    kernel: kernelSize,
    strides,
    padding,
  });
  const output = transposedConvolution(tape, layer.name, inputOf(context), {
    kernel: weight('kernel'),
    bias: biasOf(context),
    pads: [top, left, bottom, right],
    stride: strides[0],
  });
  return activated(context, activation, output);
};

const denseLayer: DifferentiableLayer = (context) => {
  const { tape, layer, weight, penalise } = context;
  const { activation, kernelRegularizer } = denseSchema.parse(layer.getConfig());
  const kernel = weight('kernel');
  if (kernelRegularizer) penalise(squarePenalty(tape, kernel, kernelRegularizer.config.l2));
  const output = dense(tape, layer.name, inputOf(context), kernel, biasOf(context));
  return activated(context, activation, output);
};

const dropout: DifferentiableLayer = (context) => {
  const { tape, layer, isTraining, dropoutFactors } = context;
  const x = inputOf(context);
  if (!(layer instanceof SeededDropout) || !isTraining || layer.rate === 0) return x;
  return multiply(tape, layer.name, x, dropoutFactors(x.shape, layer.rate, layer.seed));
};

const sum: DifferentiableLayer = ({ tape, layer, inputs }) =>
  inputs.reduce((total, value) => add(tape, layer.name, total, value));

/** How every layer class that can be trained this way is written, by tfjs's class name. */
const WRITERS: Readonly<Record<string, DifferentiableLayer>> = {
  Activation: (context) =>
    activated(
      context,
      denseSchema.shape.activation.parse(context.layer.getConfig().activation),
      inputOf(context),
    ),
  Add: sum,
  BatchNorm: (context) =>
    batchNorm(context, inputOf(context), {
      epsilon: BATCH_NORM_EPSILON,
      momentum: BATCH_NORM_MOMENTUM,
      axis: 0,
    }),
  BatchNormalization: (context) =>
    batchNorm(context, inputOf(context), { ...normSchema.parse(context.layer.getConfig()), axis: 1 }),
  Concatenate: ({ tape, layer, inputs }) => concatenate(tape, layer.name, inputs),
  Conv2D: conv2d,
  Conv2DTranspose: conv2dTranspose,
  Dense: denseLayer,
  DepthwiseConv2D: depthwiseConv2d,
  GlobalAveragePooling2D: (context) => globalAverage(context.tape, context.layer.name, inputOf(context)),
  MaxPooling2D: (context) =>
    maxPool(
      context.tape,
      context.layer.name,
      inputOf(context),
      poolSchema.parse(context.layer.getConfig()).poolSize[0],
    ),
  Normalise: normalise,
  Relu6: (context) => rectified(context.tape, context.layer.name, inputOf(context), 6),
  SeededDropout: dropout,
  Standardise: standardise,
};

const isOfVectors = (layer: tf.layers.Layer): boolean => {
  const [shape] = layer.inboundNodes[0]?.outputShapes ?? [];
  return Array.isArray(shape) && shape.length === 2;
};

/** Classes of which only some settings are written. */
const isWritten: Readonly<Record<string, (layer: tf.layers.Layer) => boolean>> = {
  Conv2D: (layer) => {
    const parsed = convolutionSchema.safeParse(layer.getConfig());
    return parsed.success && parsed.data.strides.every((n) => n === 1);
  },
  Conv2DTranspose: (layer) => {
    const { success, data } = convolutionSchema.safeParse(layer.getConfig());
    return success && data.padding === 'same' && data.strides[0] === data.strides[1];
  },
  MaxPooling2D: (layer) => {
    const { success, data } = poolSchema.safeParse(layer.getConfig());
    const [shape] = layer.inboundNodes[0]?.inputShapes ?? [];
    const [, height, width] = Array.isArray(shape) ? shape : [];
    const sizes = success ? [...data.poolSize, ...data.strides] : [];
    const [size = 0] = sizes;
    return sizes.every((n) => n === size) && [height, width].every((side) => Number(side) % size === 0);
  },
  DepthwiseConv2D: (layer) => {
    const parsed = convolutionSchema.safeParse(layer.getConfig());
    const multiplier = z.object({ depthMultiplier: z.literal(1) }).safeParse(layer.getConfig()).success;
    return parsed.success && multiplier && parsed.data.strides[0] === parsed.data.strides[1];
  },
  Dense: (layer) => denseSchema.safeParse(layer.getConfig()).success && isOfVectors(layer),
  BatchNormalization: (layer) => isOfVectors(layer),
  Activation: (layer) => activationOf.safeParse(layer.getConfig().activation).success,
};

/** The writer of a layer, or null where it cannot be trained as a graph. */
export function writerOf(layer: tf.layers.Layer): DifferentiableLayer | null {
  const kind = layer.getClassName();
  const writer = WRITERS[kind];
  return writer && (isWritten[kind]?.(layer) ?? true) ? writer : null;
}
