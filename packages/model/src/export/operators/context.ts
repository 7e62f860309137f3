import { weightValues } from '../../architecture/weights.ts';
import type { NamedTensor } from '../../artifact/dtype.ts';
import type * as tf from '../../engine/tf.ts';
import type { GraphBuilder } from '../onnx/graph-builder.ts';

/** What an operator's writer sees of one application of one layer. Maps are NCHW inside the graph. */
export interface OperatorContext {
  readonly graph: GraphBuilder;
  /** The layer's symbolic output: its layer, its inputs and their NHWC shapes. */
  readonly tensor: tf.SymbolicTensor;
  readonly layer: tf.layers.Layer;
  /** Names of the inputs' values in the graph. */
  readonly inputs: () => string[];
  /** The ONNX value of another symbolic tensor. */
  readonly value: (tensor: tf.SymbolicTensor) => string;
  readonly weights: ReadonlyMap<string, NamedTensor>;
}

/** Writes one layer and returns the name of its output. */
export type OperatorWriter = (context: OperatorContext) => string;

/** A weight of the layer as float32, or undefined where the layer has none of that name. */
export function weight(
  { weights }: OperatorContext,
  layer: tf.layers.Layer,
  name: string,
): { shape: readonly number[]; data: Float32Array } | undefined {
  const tensor = weights.get(`${layer.name}/${name}`);
  return tensor && { shape: tensor.shape, data: weightValues(tensor) };
}

export function requiredWeight(context: OperatorContext, layer: tf.layers.Layer, name: string) {
  const found = weight(context, layer, name);
  if (!found) throw new RangeError(`The export was given no weight ${layer.name}/${name}.`);
  return found;
}

/** [height, width] of a layer's i-th input. */
export function inputSize({ tensor }: OperatorContext, i = 0): [number, number] {
  const [, height, width] = tensor.inputs[i]?.shape ?? [];
  if (typeof height !== 'number' || typeof width !== 'number')
    throw new RangeError('The map has no fixed size.');
  return [height, width];
}

/** Reorders a row-major array: output axis k is input axis `order[k]`. */
export function transpose(
  data: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): { shape: number[]; data: Float32Array } {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((n, d) => n * d, 1));
  const outShape = order.map((axis) => shape[axis] ?? 0);
  const outStrides = order.map((axis) => strides[axis] ?? 0);
  const out = new Float32Array(data.length);
  const position = outShape.map(() => 0);
  let source = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = data[source] ?? 0;
    for (let axis = outShape.length - 1; axis >= 0; axis--) {
      const next = (position[axis] ?? 0) + 1;
      source += outStrides[axis] ?? 0;
      position[axis] = next;
      if (next < (outShape[axis] ?? 0)) break;
      source -= next * (outStrides[axis] ?? 0);
      position[axis] = 0;
    }
  }
  return { shape: outShape, data: out };
}
