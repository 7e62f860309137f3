import type { Tape, Value } from '../tape.ts';
import { mapShape } from './context.ts';

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

/**
 * Largest of every window of [size, size] side by side. The gradient goes to the largest; where several are as large each
 * takes all of it, which after a ReLU happens at zero alone, where nothing passes.
 */
export function maxPool(tape: Tape, name: string, x: Value, size: number): Value {
  const [c, n, h, w] = mapShape(x);
  const [height, width] = [h / size, w / size];
  const window = { kernel_shape: [size, size], strides: [size, size] };
  const output = tape.node(name, 'MaxPool', [x.name], window);
  const shape = [c, n, height, width];
  return tape.record(output, shape, [x], (dy) => [
    () => {
      const windows = tape.reshape(x.name, [c * n, height, size, width, size]);
      const broad = (value: string) => tape.reshape(value, [c * n, height, 1, width, 1]);
      const isLargest = tape.node(`${name}_largest`, 'Equal', [windows, broad(output)]);
      const mask = tape.node(`${name}_mask`, 'Cast', [isLargest], { to: FLOAT });
      return tape.reshape(tape.node(`${name}_dx`, 'Mul', [mask, broad(dy)]), x.shape);
    },
  ]);
}

/** ONNX's number of the type float32. */
const FLOAT = 1;
