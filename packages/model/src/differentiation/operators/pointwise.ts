import type { Tape, Value } from '../tape.ts';
import { mapShape } from './context.ts';

/**
 * A 1 x 1 convolution of a map [i,n,h,w] with a kernel [i,o] (in whatever shape it is kept) and a bias [o]: one matrix
 * product over all places of the batch, Y = K' X + b. dX = K dY, dK = X dY', db sums dY over the places.
 */
export function pointwise(tape: Tape, name: string, x: Value, kernel: Value, bias: Value | null): Value {
  const [input, n, h, w] = mapShape(x);
  const output = kernel.shape.at(-1) ?? 0;
  const places = n * h * w;
  const matrix = tape.reshape(kernel.name, [input, output]);
  const turned = tape.node(`${name}_filters`, 'Transpose', [matrix], { perm: [1, 0] });
  // As a convolution of one wide picture the bias is added while the product is still in the cache.
  const wide = tape.reshape(x.name, [1, input, places, 1]);
  const filters = tape.reshape(turned, [output, input, 1, 1]);
  const product = tape.node(name, 'Conv', [wide, filters, ...(bias ? [bias.name] : [])]);
  const shape = [output, n, h, w];
  return tape.record(tape.reshape(product, shape), shape, bias ? [x, kernel, bias] : [x, kernel], (dy) => {
    const rows = tape.reshape(dy, [output, places]);
    const flat = tape.reshape(x.name, [input, places]);
    return [
      () => tape.reshape(tape.node(`${name}_dx`, 'MatMul', [matrix, rows]), x.shape),
      () => tape.reshape(tape.node(`${name}_dk`, 'Gemm', [flat, rows], { transB: 1 }), kernel.shape),
      () => tape.node(`${name}_db`, 'ReduceSum', [rows, tape.graph.indices(1)], { keepdims: 0 }),
    ];
  });
}
