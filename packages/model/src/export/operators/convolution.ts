import { z } from 'zod';
import type * as tf from '../../engine/tf.ts';
import { activate, activationSchema } from './activation.ts';
import {
  inputSize,
  type OperatorContext,
  type OperatorWriter,
  requiredWeight,
  transpose,
  weight,
} from './context.ts';
import type { Affine } from './fold.ts';
import { convPads, transposedConvPads, windowSchema } from './padding.ts';

const configSchema = windowSchema.extend({
  kernelSize: z.tuple([z.int(), z.int()]),
  dataFormat: z.literal('channelsLast'),
  activation: activationSchema,
});
const config = (layer: tf.layers.Layer) => configSchema.parse(layer.getConfig());

interface ConvolutionParts {
  readonly operator: 'Conv' | 'ConvTranspose';
  readonly layer: tf.layers.Layer;
  readonly input: string;
  readonly kernel: { readonly shape: readonly number[]; readonly data: Float32Array };
  readonly pads: number[];
  readonly group?: number;
  readonly affine?: Affine;
}

function write(context: OperatorContext, parts: ConvolutionParts): string {
  const { graph } = context;
  const { layer, kernel, affine, operator, group = 1, pads } = parts;
  const { strides, activation } = config(layer);
  const bias = weight(context, layer, 'bias');
  const suffix = affine ? '_folded' : '';
  const inputs = [parts.input, graph.constant(`${layer.name}/kernel${suffix}`, kernel.shape, kernel.data)];
  const shift = affine ? affine.shift(bias?.data) : bias?.data;
  if (shift) inputs.push(graph.constant(`${layer.name}/bias${suffix}`, [shift.length], shift));
  const output = graph.node(layer.name, operator, inputs, { strides, pads, group });
  return activate(graph, layer.name, activation, output);
}

/** Kernel HWIO -> OIHW; a batch norm that follows may be folded in. */
export function writeConvolution(
  context: OperatorContext,
  layer: tf.layers.Layer,
  input: string,
  size: readonly [number, number],
  affine?: Affine,
): string {
  const { shape, data } = requiredWeight(context, layer, 'kernel');
  const kernel = transpose(affine ? affine.scaleLastAxis(data) : data, shape, [3, 2, 0, 1]);
  const pads = convPads({ ...config(layer), kernel: config(layer).kernelSize }, size);
  return write(context, { operator: 'Conv', layer, input, kernel, pads, ...(affine && { affine }) });
}

export const conv2d: OperatorWriter = (context) => {
  const [input = ''] = context.inputs();
  return writeConvolution(context, context.layer, input, inputSize(context));
};

/** Kernel [h,w,c,multiplier] -> one group a channel, [c * multiplier, 1, h, w]. */
export const depthwiseConv2d: OperatorWriter = (context) => {
  const { layer } = context;
  const [input = ''] = context.inputs();
  const { shape, data } = requiredWeight(context, layer, 'depthwise_kernel');
  const [h = 0, w = 0, channels = 0, multiplier = 0] = shape;
  const kernel = { shape: [channels * multiplier, 1, h, w], data: transpose(data, shape, [2, 3, 0, 1]).data };
  const pads = convPads({ ...config(layer), kernel: [h, w] }, inputSize(context));
  return write(context, { operator: 'Conv', layer, input, kernel, pads, group: channels });
};

/** Kernel [h,w,out,in] -> [in,out,h,w]. */
export const conv2dTranspose: OperatorWriter = (context) => {
  const { layer } = context;
  const [input = ''] = context.inputs();
  const { shape, data } = requiredWeight(context, layer, 'kernel');
  const kernel = transpose(data, shape, [3, 2, 0, 1]);
  const settings = config(layer);
  if (settings.padding !== 'same') throw new RangeError('Only SAME transposed convolutions are exported.');
  const pads = transposedConvPads({ ...settings, kernel: settings.kernelSize });
  return write(context, { operator: 'ConvTranspose', layer, input, kernel, pads });
};
