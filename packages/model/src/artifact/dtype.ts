/** Element types of safetensors that we use; F16 travels as its raw 16 bits. */
export const TENSOR_DTYPES = {
  F32: Float32Array,
  F16: Uint16Array,
  F64: Float64Array,
  I64: BigInt64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U16: Uint16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

export type TensorDtype = keyof typeof TENSOR_DTYPES;
export type TensorData =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint16Array
  | Uint8Array;

/** A dense row-major tensor with a name; `shape` [] is a scalar. */
export interface NamedTensor {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export const elementCount = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);
