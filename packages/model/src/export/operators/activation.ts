import { z } from 'zod';
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { OperatorWriter } from './context.ts';

export const activationSchema = z.enum(['linear', 'relu', 'sigmoid']);
const OPERATORS = { relu: 'Relu', sigmoid: 'Sigmoid' } as const;

export function activate(
  graph: GraphBuilder,
  name: string,
  activation: z.infer<typeof activationSchema>,
  input: string,
): string {
  return activation === 'linear'
    ? input
    : graph.node(`${name}_${activation}`, OPERATORS[activation], [input]);
}

export const activation: OperatorWriter = ({ graph, layer, inputs }) => {
  const config = z.object({ activation: activationSchema }).parse(layer.getConfig());
  return activate(graph, layer.name, config.activation, inputs()[0] ?? '');
};

export const relu6: OperatorWriter = ({ graph, layer, inputs }) =>
  graph.node(layer.name, 'Clip', [...inputs(), graph.scalar(0), graph.scalar(6)]);
