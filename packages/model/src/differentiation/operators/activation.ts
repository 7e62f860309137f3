import type { Tape, Value } from '../tape.ts';

/** As good as infinite: it takes whatever is above 0 to 1 or more. */
const STEEP = 1e30;

/** max(x, 0), or with a ceiling min(max(x, 0), ceiling). The gradient passes where the output is between the two. */
export function rectified(tape: Tape, name: string, x: Value, ceiling?: number): Value {
  const { graph } = tape;
  const zero = graph.scalar(0);
  const output =
    ceiling === undefined
      ? tape.node(name, 'Relu', [x.name])
      : tape.node(name, 'Clip', [x.name, zero, graph.scalar(ceiling)]);
  return tape.record(output, x.shape, [x], (dy) => [
    () => {
      const above =
        ceiling === undefined
          ? output
          : tape.node(`${name}_room`, 'Mul', [
              output,
              tape.node(`${name}_below`, 'Sub', [graph.scalar(ceiling), output]),
            ]);
      const steep = tape.node(`${name}_steep`, 'Mul', [above, graph.scalar(STEEP)]);
      const passes = tape.node(`${name}_passes`, 'Clip', [steep, zero, graph.scalar(1)]);
      return tape.node(`${name}_dx`, 'Mul', [dy, passes]);
    },
  ]);
}
