import type { Tape, Value } from '../tape.ts';

/** The sum of two values of one shape. */
export const add = (tape: Tape, name: string, a: Value, b: Value): Value =>
  tape.record(tape.node(name, 'Add', [a.name, b.name]), a.shape, [a, b], (dy) => [() => dy, () => dy]);

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

/** Each value times a given factor. */
export const multiply = (tape: Tape, name: string, x: Value, factors: Value): Value =>
  tape.record(tape.node(name, 'Mul', [x.name, factors.name]), x.shape, [x], (dy) => [
    () => tape.node(`${name}_dx`, 'Mul', [dy, factors.name]),
  ]);
