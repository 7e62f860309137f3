import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../tf.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';

/** Rows shorter than this are copied value by value: a typed array's `set` costs more than they do. */
const SHORT_ROW = 48;

interface Rows {
  values: Float32Array;
  offset: number;
  stride: number;
}

function copyRows(from: Rows, to: Rows, count: number, length: number): void {
  for (let row = 0; row < count; row++) {
    const source = from.offset + row * from.stride;
    const target = to.offset + row * to.stride;
    if (length < SHORT_ROW) {
      for (let i = 0; i < length; i++) to.values[target + i] = from.values[source + i] ?? 0;
    } else {
      to.values.set(from.values.subarray(source, source + length), target);
    }
  }
}

const wasm = () => tf.backend() as BackendWasm;
const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
const valuesOf = (t: tf.TensorInfo) => wasm().typedArrayFromHeap(t) as Float32Array;
const newTensor = (shape: number[]): tf.Tensor =>
  tf.engine().makeTensorFromTensorInfo(wasm().makeOutput(shape, 'float32'));

function sliceOf(x: tf.Tensor, { begin, size }: KernelAttributes): { begin: number[]; size: number[] } {
  const [first = [], lengths = []] = tf.slice_util.parseSliceParams(x, begin as number[], size as number[]);
  return { begin: first, size: lengths };
}

/** Whether a float32 slice cuts one axis only; the stock kernel copies the whole input first, whatever it cuts. */
export function cutsOneAxis(inputs: KernelInputs, attributes: KernelAttributes): boolean {
  const x = inputs.x as tf.Tensor;
  if (x.dtype !== 'float32' || x.size === 0) return false;
  const { size } = sliceOf(x, attributes);
  return product(size) > 0 && size.filter((n, axis) => n !== x.shape[axis]).length <= 1;
}

export function sliceOneAxis(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const x = inputs.x as tf.Tensor;
  const { begin, size } = sliceOf(x, attributes);
  const axis = Math.max(
    0,
    size.findIndex((n, i) => n !== x.shape[i]),
  );
  const inner = product(size.slice(axis + 1));
  const length = (size[axis] ?? 1) * inner;
  const out = newTensor(size);
  copyRows(
    { values: valuesOf(x), offset: (begin[axis] ?? 0) * inner, stride: (x.shape[axis] ?? 1) * inner },
    { values: valuesOf(out), offset: 0, stride: length },
    product(size.slice(0, axis)),
    length,
  );
  return out;
}

export const isFloatSplit = (inputs: KernelInputs): boolean => (inputs.x as tf.Tensor).dtype === 'float32';

/** A concatenation's gradient. */
export function splitBySlices(
  inputs: KernelInputs,
  { numOrSizeSplits, axis }: KernelAttributes,
): tf.Tensor[] {
  const x = inputs.x as tf.Tensor;
  const along = tf.util.parseAxisParam(axis as number, x.shape)[0] ?? 0;
  const sizes = tf.backend_util.prepareSplitSize(x, numOrSizeSplits as number | number[], along);
  let first = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, i) => (i === along ? first : 0));
    first += length;
    return tf.slice(
      x,
      begin,
      x.shape.map((n, i) => (i === along ? length : n)),
    );
  });
}

const concatenated = (inputs: KernelInputs) => Object.values(inputs);

export const isFloatConcat = (inputs: KernelInputs): boolean =>
  concatenated(inputs).every((t) => t.dtype === 'float32' && t.size > 0) && concatenated(inputs).length > 1;

export function concatRows(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const tensors = concatenated(inputs);
  const shapes = tensors.map((t) => t.shape);
  const axis = tf.util.parseAxisParam(attributes.axis as number, shapes[0] ?? [])[0] ?? 0;
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const out = newTensor(tf.backend_util.computeOutShape(shapes, axis));
  const stride = product(out.shape.slice(axis));
  let offset = 0;
  for (const tensor of tensors) {
    const length = product(tensor.shape.slice(axis));
    copyRows(
      { values: valuesOf(tensor), offset: 0, stride: length },
      { values: valuesOf(out), offset, stride },
      product(tensor.shape.slice(0, axis)),
      length,
    );
    offset += length;
  }
  return out;
}
