import type { NamedTensor } from '../artifact/dtype.ts';
import type * as tf from '../engine/tf.ts';
import { GraphBuilder } from './onnx/graph-builder.ts';
import { encodeOnnx, type OnnxPort } from './onnx/proto.ts';
import { OPERATORS } from './operators/index.ts';

export interface ExportOptions {
  /** Names of the model's outputs, in its order. */
  readonly outputs: readonly string[];
  readonly weights: ReadonlyMap<string, NamedTensor>;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a model as ONNX: inputs and outputs as in the model (maps NHWC, any batch), maps NCHW in between. Walks from
 * the outputs back to the inputs, so that shared layers become one set of weights read by several nodes.
 */
export function exportModel(
  model: tf.LayersModel,
  { outputs, weights, metadata }: ExportOptions,
): Uint8Array {
  const graph = new GraphBuilder();
  graph.reserve(outputs);
  const written = new Map<tf.SymbolicTensor, string>();

  const value = (tensor: tf.SymbolicTensor): string => {
    const known = written.get(tensor);
    if (known !== undefined) return known;
    const layer = tensor.sourceLayer;
    const name = layer.getClassName() === 'InputLayer' ? writeInput(graph, tensor) : write(tensor, layer);
    written.set(tensor, name);
    return name;
  };
  const write = (tensor: tf.SymbolicTensor, layer: tf.layers.Layer): string => {
    const writer = OPERATORS[layer.getClassName()];
    if (!writer)
      throw new RangeError(`${layer.name} is a ${layer.getClassName()}, which the export does not know.`);
    return writer({ graph, tensor, layer, weights, value, inputs: () => tensor.inputs.map(value) });
  };

  model.outputs.forEach((tensor, i) => {
    const name = outputs[i];
    if (name === undefined) throw new RangeError(`Output ${i} of ${model.name} was given no name.`);
    const port: OnnxPort = { name, shape: tensor.shape };
    if (tensor.rank === 4) graph.output(port, value(tensor), 'Transpose', { perm: [0, 2, 3, 1] });
    else graph.output(port, value(tensor), 'Identity');
  });
  return encodeOnnx(graph.build(model.name), metadata);
}

function writeInput(graph: GraphBuilder, tensor: tf.SymbolicTensor): string {
  const { name } = tensor.sourceLayer;
  const input = graph.input({ name, shape: tensor.shape });
  return tensor.rank === 4 ? graph.node(`${name}_nchw`, 'Transpose', [input], { perm: [0, 3, 1, 2] }) : input;
}
