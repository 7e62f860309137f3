/** Values of the largest array that is kept. */
const KEPT = 1 << 20;

interface Sized<Values> {
  readonly length: number;
  subarray(start: number, end: number): Values;
}

/**
 * Working memory that a function uses again at every call: a large array is dear to allocate, for its pages are fresh
 * and it leaves garbage. What it holds is undefined, and another call takes it away; that of large images is not kept.
 */
export function workspace<Values extends Sized<Values>>(make: (length: number) => Values) {
  let kept = make(0);
  return (length: number): Values => {
    if (length > KEPT) return make(length);
    if (length > kept.length) kept = make(length);
    return kept.length === length ? kept : kept.subarray(0, length);
  };
}

export const floats = (length: number): Float32Array => new Float32Array(length);
export const integers = (length: number): Int32Array => new Int32Array(length);
export const bytes = (length: number): Uint8Array => new Uint8Array(length);
