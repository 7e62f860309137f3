import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { bytes, concatenate, type Field, float, integer, integers, message, text } from './wire.ts';

// Field numbers and enumerations of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
const DATA_TYPE = { float32: 1, int64: 7 } as const;
const ATTRIBUTE_TYPE = { float: 1, int: 2, ints: 7 } as const;
const IR_VERSION = 8;
const OPSET_VERSION = 17;

/** An attribute: an integer, a list of integers or, named as one, a float32. */
export type OnnxAttribute = number | readonly number[] | { readonly float: number };

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** A graph's float32 input or output; `null` is the batch, of any size. */
export interface OnnxPort {
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
}

function attribute(name: string, value: OnnxAttribute): Field {
  if (typeof value === 'number') {
    return message(5, [text(1, name), integer(3, value), integer(20, ATTRIBUTE_TYPE.int)]);
  }
  if ('float' in value) {
    return message(5, [text(1, name), float(2, value.float), integer(20, ATTRIBUTE_TYPE.float)]);
  }
  return message(5, [text(1, name), integers(8, value), integer(20, ATTRIBUTE_TYPE.ints)]);
}

const node = (n: OnnxNode): Field =>
  message(1, [
    ...n.inputs.map((input) => text(1, input)),
    ...n.outputs.map((output) => text(2, output)),
    text(3, n.name),
    text(4, n.operator),
    ...Object.entries(n.attributes).map(([name, value]) => attribute(name, value)),
  ]);

const tensor = ({ name, shape, data }: OnnxTensor): Field =>
  message(5, [
    integers(1, shape),
    integer(2, data instanceof Float32Array ? DATA_TYPE.float32 : DATA_TYPE.int64),
    text(8, name),
    bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);

function port(field: 11 | 12, { name, shape }: OnnxPort): Field {
  const dimensions = shape.map((size) => message(1, [size === null ? text(2, 'N') : integer(1, size)]));
  const tensorType = message(1, [integer(1, DATA_TYPE.float32), message(2, dimensions)]);
  return message(field, [text(1, name), message(2, [tensorType])]);
}

/** The bytes of an ONNX model file. Its description (`doc_string`) says what its answers are for. */
export function encodeOnnx(graph: OnnxGraph, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  return concatenate([
    integer(1, IR_VERSION),
    text(2, 'blastwise'),
    text(6, `For ${RESEARCH_NOTICE}.`),
    message(7, [
      ...graph.nodes.map(node),
      text(2, graph.name),
      ...graph.tensors.map(tensor),
      ...graph.inputs.map((p) => port(11, p)),
      ...graph.outputs.map((p) => port(12, p)),
    ]),
    message(8, [text(1, ''), integer(2, OPSET_VERSION)]),
    ...Object.entries(metadata).map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ]);
}
