import { z } from 'zod';
import type * as tf from '../../engine/tf.ts';
import { activate, activationSchema } from './activation.ts';
import { type OperatorContext, type OperatorWriter, requiredWeight, weight } from './context.ts';
import { writeConvolution } from './convolution.ts';
import { type Affine, affineOf } from './fold.ts';

function writeDense(
  context: OperatorContext,
  layer: tf.layers.Layer,
  input: string,
  affine?: Affine,
): string {
  const { graph } = context;
  const { activation } = z.object({ activation: activationSchema }).parse(layer.getConfig());
  const kernel = requiredWeight(context, layer, 'kernel');
  const bias = weight(context, layer, 'bias')?.data;
  const suffix = affine ? '_folded' : '';
  const values = affine ? affine.scaleLastAxis(kernel.data) : kernel.data;
  const inputs = [input, graph.constant(`${layer.name}/kernel${suffix}`, kernel.shape, values)];
  const shift = affine ? affine.shift(bias) : bias;
  if (shift) inputs.push(graph.constant(`${layer.name}/bias${suffix}`, [shift.length], shift));
  return activate(graph, layer.name, activation, graph.node(layer.name, 'Gemm', inputs));
}

export const dense: OperatorWriter = (context) =>
  writeDense(context, context.layer, context.inputs()[0] ?? '');

/** Folded into the dense layer or convolution that it follows. */
export const batchNormalization: OperatorWriter = (context) => {
  const before = context.tensor.inputs[0];
  const source = before?.inputs[0];
  const linear = before?.sourceLayer;
  const kind = linear?.getClassName();
  if (
    !linear ||
    !source ||
    !(kind === 'Dense' || kind === 'Conv2D') ||
    linear.getConfig().activation !== 'linear'
  ) {
    throw new RangeError(`The batch norm ${context.layer.name} follows no linear layer to fold it into.`);
  }
  const affine = affineOf(context, context.layer);
  if (kind === 'Dense') return writeDense(context, linear, context.value(source), affine);
  const [, height, width] = source.shape;
  return writeConvolution(context, linear, context.value(source), [height ?? 0, width ?? 0], affine);
};
