import type { Tape, Value } from '../tape.ts';

/** As good as infinite: it takes whatever is above 0 to 1 or more. */
const STEEP = 1e30;

/** max(x, 0), or with a ceiling min(max(x, 0), ceiling). The gradient passes where the output is between the two. */
export function rectified(tape: Tape, name: string, x: Value, ceiling?: number): Value {
  const { graph } = tape;
  const output =
    ceiling === undefined
      ? tape.node(name, 'Relu', [x.name])
      : tape.node(name, 'Clip', [x.name, graph.scalar(0), graph.scalar(ceiling)]);
  /** Zeroes dy where alpha y + beta is not above 0: a comparison would make booleans, which take longer. */
  const pass = (label: string, dy: string, alpha: number, beta: number) => {
    const factors = { alpha: { float: alpha }, beta: { float: beta } };
    return tape.node(`${name}_${label}`, 'Mul', [
      dy,
      tape.node(`${name}_gate`, 'HardSigmoid', [output], factors),
    ]);
  };
  return tape.record(output, x.shape, [x], (dy) => [
    () => {
      const above = pass('above', dy, STEEP, 0);
      return ceiling === undefined ? above : pass('below', above, -STEEP, STEEP * ceiling);
    },
  ]);
}
