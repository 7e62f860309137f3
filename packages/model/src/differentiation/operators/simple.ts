import type { Tape, Value } from '../tape.ts';
import { mapShape } from './context.ts';

/** The sum of two values of one shape. */
export const add = (tape: Tape, name: string, a: Value, b: Value): Value =>
  tape.record(tape.node(name, 'Add', [a.name, b.name]), a.shape, [a, b], (dy) => [() => dy, () => dy]);

/** Mean of every map over its places: [c,n,h,w] -> [n,c]. */
export function globalAverage(tape: Tape, name: string, x: Value): Value {
  const [c, n, h, w] = mapShape(x);
  const means = tape.node(`${name}_means`, 'ReduceMean', [tape.reshape(x.name, [c, n, h * w])], {
    axes: [2],
    keepdims: 0,
  });
  const output = tape.node(name, 'Transpose', [means], { perm: [1, 0] });
  return tape.record(output, [n, c], [x], (dy) => [
    () => {
      const turned = tape.reshape(tape.node(`${name}_turned`, 'Transpose', [dy], { perm: [1, 0] }), [
        c,
        n,
        1,
      ]);
      const share = tape.node(`${name}_share`, 'Mul', [turned, tape.graph.scalar(1 / (h * w))]);
      const spread = tape.node(`${name}_dx`, 'Expand', [share, tape.graph.indices(c, n, h * w)]);
      return tape.reshape(spread, x.shape);
    },
  ]);
}

/** Channels side by side: of maps [c,n,h,w] or of vectors [n,c]. */
export function concatenate(tape: Tape, name: string, parts: readonly Value[]): Value {
  const { shape = [] } = parts[0] ?? {};
  const axis = shape.length === 4 ? 0 : 1;
  const widths = parts.map((part) => part.shape[axis] ?? 0);
  const whole = widths.reduce((a, b) => a + b, 0);
  const names = parts.map((p) => p.name);
  const output = tape.node(name, 'Concat', names, { axis });
  const { graph } = tape;
  const joined = shape.map((size, i) => (i === axis ? whole : size));
  return tape.record(output, joined, parts, (dy) =>
    widths.map((width, i) => () => {
      const from = widths.slice(0, i).reduce((a, b) => a + b, 0);
      const part = [graph.indices(from), graph.indices(from + width), graph.indices(axis)];
      return tape.node(`${name}_dx`, 'Slice', [dy, ...part]);
    }),
  );
}

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

/** Each value times a given factor. */
export const multiply = (tape: Tape, name: string, x: Value, factors: Value): Value =>
  tape.record(tape.node(name, 'Mul', [x.name, factors.name]), x.shape, [x], (dy) => [
    () => tape.node(`${name}_dx`, 'Mul', [dy, factors.name]),
  ]);

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
