import type { Tape, Value } from '../tape.ts';
import { mapShape } from './context.ts';
import { filtersByConvolution, filtersByRows } from './depthwise-filters.ts';

export interface DepthwiseWindow {
  readonly stride: number;
  /** Of the top, left, bottom and right. */
  readonly pads: readonly [number, number, number, number];
}

/**
 * Each channel of a map [c,n,h,w] convolved with its own filter of a kernel [k,k,c,1], plus a bias [c]. Every map of the batch counts as a
 * channel, in groups of one. dX is the transposed convolution with the same filters.
 */
export function depthwise(
  tape: Tape,
  name: string,
  x: Value,
  kernel: Value,
  bias: Value | null,
  { stride, pads }: DepthwiseWindow,
): Value {
  const [c, n, h, w] = mapShape(x);
  const [kh = 0, kw = 0] = kernel.shape;
  const [outHeight, outWidth] = [
    Math.floor((h + pads[0] + pads[2] - kh) / stride) + 1,
    Math.floor((w + pads[1] + pads[3] - kw) / stride) + 1,
  ];
  const { graph } = tape;
  const planes = tape.reshape(x.name, [1, c * n, h, w]);
  const taps = tape.reshape(kernel.name, [kh * kw, c]);
  /** A filter for every map: [c, taps] -> [c * n, 1, k, k]. */
  const perMap = (filters: string) => {
    const column = tape.reshape(tape.node(`${name}_filters`, 'Transpose', [filters], { perm: [1, 0] }), [
      c,
      1,
      kh * kw,
    ]);
    const repeated = tape.node(`${name}_repeated`, 'Expand', [column, graph.indices(c, n, kh * kw)]);
    return tape.reshape(repeated, [c * n, 1, kh, kw]);
  };
  /** The same for a bias: [c] -> [c * n]. */
  const perChannel = (value: Value) => {
    const column = tape.reshape(value.name, [c, 1]);
    return tape.reshape(tape.node(`${name}_biases`, 'Expand', [column, graph.indices(c, n)]), [c * n]);
  };
  const window = { group: c * n, kernel_shape: [kh, kw] };
  const filters = perMap(taps);
  const inputs = [planes, filters, ...(bias ? [perChannel(bias)] : [])];
  const output = tape.node(name, 'Conv', inputs, { ...window, strides: [stride, stride], pads });
  const shape = [c, n, outHeight, outWidth];
  return tape.record(tape.reshape(output, shape), shape, bias ? [x, kernel, bias] : [x, kernel], (dy) => {
    const rows = tape.reshape(dy, [1, c * n, outHeight, outWidth]);
    const inputGradient = () => {
      if (stride === 1) {
        const turned = tape.node(`${name}_turned`, 'Gather', [
          taps,
          graph.indices(...Array.from({ length: kh * kw }, (_, i) => kh * kw - 1 - i)),
        ]);
        const back = [kh - 1 - pads[0], kw - 1 - pads[1], kh - 1 - pads[2], kw - 1 - pads[3]];
        return tape.node(`${name}_dx`, 'Conv', [rows, perMap(turned)], { ...window, pads: back });
      }
      const over = [
        h - ((outHeight - 1) * stride + kh - pads[0] - pads[2]),
        w - ((outWidth - 1) * stride + kw - pads[1] - pads[3]),
      ];
      return tape.node(`${name}_dx`, 'ConvTranspose', [rows, filters], {
        ...window,
        strides: [stride, stride],
        pads,
        output_padding: over,
      });
    };
    const kernelGradient = () => {
      const gradient = { name: dy, shape, isMoved: true };
      // By rows it takes a third of the time; a field smaller than a filter has no rows to spare.
      const byRows = stride === 1 && h >= kh && w >= kw;
      const flat = byRows
        ? filtersByRows(tape, `${name}_dk`, { x, dy: gradient, kernel: [kh, kw], pads })
        : filtersByConvolution(tape, `${name}_dk`, { x, dy: gradient, kernel: [kh, kw], pads }, stride);
      return tape.reshape(tape.node(`${name}_dk_taps`, 'Transpose', [flat], { perm: [1, 0] }), kernel.shape);
    };
    const biasGradient = () =>
      tape.node(`${name}_db`, 'ReduceSum', [dy, graph.indices(1, 2, 3)], { keepdims: 0 });
    return [() => tape.reshape(inputGradient(), x.shape), kernelGradient, biasGradient];
  });
}
