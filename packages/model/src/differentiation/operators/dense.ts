import type { Tape, Value } from '../tape.ts';

/** Vectors [n,i] times a kernel [i,o], and a bias [o]. */
export function dense(tape: Tape, name: string, x: Value, kernel: Value, bias: Value | null): Value {
  const shape = [x.shape[0] ?? 0, kernel.shape[1] ?? 0];
  const inputs = bias ? [x, kernel, bias] : [x, kernel];
  const output = tape.node(
    name,
    'Gemm',
    inputs.map((v) => v.name),
  );
  return tape.record(output, shape, inputs, (dy) => [
    () => tape.node(`${name}_dx`, 'Gemm', [dy, kernel.name], { transB: 1 }),
    () => tape.node(`${name}_dk`, 'Gemm', [x.name, dy], { transA: 1 }),
    () => tape.node(`${name}_db`, 'ReduceSum', [dy, tape.graph.indices(0)], { keepdims: 0 }),
  ]);
}

/** Adds `weight` times the sum of a parameter's squares to the loss: returns the term, lets its gradient flow. */
export function squarePenalty(tape: Tape, parameter: Value, weight: number): string {
  const { graph } = tape;
  const squares = tape.node(`${parameter.name}_squares`, 'ReduceSumSquare', [parameter.name], {
    keepdims: 0,
  });
  if (parameter.isMoved) {
    tape.flow(
      parameter,
      tape.node(`${parameter.name}_decay`, 'Mul', [parameter.name, graph.scalar(2 * weight)]),
    );
  }
  return tape.node(`${parameter.name}_penalty`, 'Mul', [squares, graph.scalar(weight)]);
}
