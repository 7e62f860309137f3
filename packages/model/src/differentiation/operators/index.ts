import { z } from 'zod';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM, SeededDropout } from '../../architecture/layers/index.ts';
import type * as tf from '../../engine/tf.ts';
import { convPads, windowSchema } from '../../export/operators/padding.ts';
import type { Value } from '../tape.ts';
import { rectified } from './activation.ts';
import { batchNorm } from './batch-norm.ts';
import { type DifferentiableLayer, inputOf, type LayerContext, mapShape } from './context.ts';
import { depthwise } from './depthwise.ts';
import { pointwise } from './pointwise.ts';
import { add, concatenate, dense, globalAverage, multiply, squarePenalty } from './simple.ts';

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
const normSchema = z.object({ epsilon: z.number(), momentum: z.number() });

function activated({ tape, layer }: LayerContext, activation: z.infer<typeof activationOf>, x: Value): Value {
  return activation === 'relu' ? rectified(tape, `${layer.name}_relu`, x) : x;
}

const biasOf = ({ weight, hasWeight }: LayerContext): Value | null =>
  hasWeight('bias') ? weight('bias') : null;

const conv2d: DifferentiableLayer = (context) => {
  const { tape, layer, weight } = context;
  const { activation } = convolutionSchema.parse(layer.getConfig());
  const output = pointwise(tape, layer.name, inputOf(context), weight('kernel'), biasOf(context));
  return activated(context, activation, output);
};

const depthwiseConv2d: DifferentiableLayer = (context) => {
  const { tape, layer, weight } = context;
  const { strides, padding, kernelSize, activation } = convolutionSchema.parse(layer.getConfig());
  const x = inputOf(context);
  const [, , height, width] = mapShape(x);
  const [top = 0, left = 0, bottom = 0, right = 0] = convPads({ strides, padding, kernel: kernelSize }, [
    height,
    width,
  ]);
  const window = { stride: strides[0], pads: [top, left, bottom, right] as const };
  const output = depthwise(tape, layer.name, x, weight('depthwise_kernel'), biasOf(context), window);
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
  Dense: denseLayer,
  DepthwiseConv2D: depthwiseConv2d,
  GlobalAveragePooling2D: (context) => globalAverage(context.tape, context.layer.name, inputOf(context)),
  Relu6: (context) => rectified(context.tape, context.layer.name, inputOf(context), 6),
  SeededDropout: dropout,
};

const isOfVectors = (layer: tf.layers.Layer): boolean => {
  const [shape] = layer.inboundNodes[0]?.outputShapes ?? [];
  return Array.isArray(shape) && shape.length === 2;
};

/** Classes of which only some settings are written. */
const isWritten: Readonly<Record<string, (layer: tf.layers.Layer) => boolean>> = {
  Conv2D: (layer) => {
    const parsed = convolutionSchema.safeParse(layer.getConfig());
    return parsed.success && [...parsed.data.kernelSize, ...parsed.data.strides].every((n) => n === 1);
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
