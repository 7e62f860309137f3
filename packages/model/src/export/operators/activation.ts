import { z } from 'zod';
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { OperatorWriter } from './context.ts';

export const activationSchema = z.enum(['linear', 'relu', 'sigmoid', 'gelu']);
const OPERATORS = { relu: 'Relu', sigmoid: 'Sigmoid' } as const;

export function activate(
  graph: GraphBuilder,
  name: string,
  activation: z.infer<typeof activationSchema>,
  input: string,
): string {
  if (activation === 'linear') return input;
  if (activation === 'gelu') return gelu(graph, name, input);
  return graph.node(`${name}_${activation}`, OPERATORS[activation], [input]);
}

/** x * (1 + erf(x / sqrt 2)) / 2 (Hendrycks and Gimpel 2016), in the order that ONNX Runtime joins to one operator. */
function gelu(graph: GraphBuilder, name: string, x: string): string {
  const scaled = graph.node(`${name}_scaled`, 'Div', [x, graph.scalar(Math.SQRT2)]);
  const erf = graph.node(`${name}_erf`, 'Erf', [scaled]);
  const gate = graph.node(`${name}_gate`, 'Add', [erf, graph.scalar(1)]);
  const product = graph.node(`${name}_product`, 'Mul', [x, gate]);
  return graph.node(`${name}_gelu`, 'Mul', [product, graph.scalar(0.5)]);
}

export const activation: OperatorWriter = ({ graph, layer, inputs }) => {
  const config = z.object({ activation: activationSchema }).parse(layer.getConfig());
  return activate(graph, layer.name, config.activation, inputs()[0] ?? '');
};

export const relu6: OperatorWriter = ({ graph, layer, inputs }) =>
  graph.node(layer.name, 'Clip', [...inputs(), graph.scalar(0), graph.scalar(6)]);
