import { z } from 'zod';
import type * as tf from '../../engine/tf.ts';
import { activate, activationSchema } from './activation.ts';
import { type OperatorContext, type OperatorWriter, requiredWeight, transpose, weight } from './context.ts';
import type { Affine } from './fold.ts';

export function writeDense(
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

/** On a map: a 1 x 1 convolution, kernel [in,out] -> [out,in,1,1]. */
function writePointwise(context: OperatorContext, layer: tf.layers.Layer, input: string): string {
  const { graph } = context;
  const { activation } = z.object({ activation: activationSchema }).parse(layer.getConfig());
  const { shape, data } = requiredWeight(context, layer, 'kernel');
  const kernel = transpose(data, shape, [1, 0]);
  const inputs = [input, graph.constant(`${layer.name}/kernel`, [...kernel.shape, 1, 1], kernel.data)];
  const bias = weight(context, layer, 'bias')?.data;
  if (bias) inputs.push(graph.constant(`${layer.name}/bias`, [bias.length], bias));
  return activate(graph, layer.name, activation, graph.node(layer.name, 'Conv', inputs));
}

export const dense: OperatorWriter = (context) => {
  const [input = ''] = context.inputs();
  return context.tensor.rank === 4
    ? writePointwise(context, context.layer, input)
    : writeDense(context, context.layer, input);
};
