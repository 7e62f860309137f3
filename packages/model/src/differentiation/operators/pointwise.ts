import type { Tape, Value } from '../tape.ts';
import { mapShape } from './context.ts';

/**
 * A 1 x 1 convolution of a map [i,n,h,w] with a kernel [i,o] (in whatever shape it is kept): one matrix product over all
 * places of the batch, Y = K' X. dX = K dY, dK = X dY'.
 */
export function pointwise(tape: Tape, name: string, x: Value, kernel: Value): Value {
  const [input, n, h, w] = mapShape(x);
  const output = kernel.shape.at(-1) ?? 0;
  const places = n * h * w;
  const flat = tape.reshape(x.name, [input, places]);
  const matrix = tape.reshape(kernel.name, [input, output]);
  const product = tape.node(name, 'Gemm', [matrix, flat], { transA: 1 });
  const shape = [output, n, h, w];
  return tape.record(tape.reshape(product, shape), shape, [x, kernel], (dy) => {
    const rows = tape.reshape(dy, [output, places]);
    return [
      () => tape.reshape(tape.node(`${name}_dx`, 'MatMul', [matrix, rows]), x.shape),
      () => tape.reshape(tape.node(`${name}_dk`, 'Gemm', [flat, rows], { transB: 1 }), kernel.shape),
    ];
  });
}

/** Adds one number [c] to all places of a channel of a map [c,n,h,w]. */
export function channelBias(tape: Tape, name: string, x: Value, bias: Value): Value {
  const [c] = mapShape(x);
  const column = tape.reshape(bias.name, [c, 1, 1, 1]);
  const sum = tape.node(`${name}_biased`, 'Add', [x.name, column]);
  return tape.record(sum, x.shape, [x, bias], (dy) => [
    () => dy,
    () => tape.node(`${name}_db`, 'ReduceSum', [dy, tape.graph.indices(1, 2, 3)], { keepdims: 0 }),
  ]);
}
