import type { Tape, Value } from '../tape.ts';
import { mapShape } from './context.ts';

type Pads = readonly [top: number, left: number, bottom: number, right: number];

/** What a filter of [k,k] taps meets: padded by `pads`, every `stride`-th place. */
interface Window {
  readonly kernel: readonly [number, number];
  readonly pads: Pads;
  readonly stride: number;
}

const swapped = (tape: Tape, value: string) =>
  tape.node(`${value}_nchw`, 'Transpose', [value], { perm: [1, 0, 2, 3] });

/**
 * For every tap (i,j) of the filters the product of `few` [a,n,h,w] with what that tap meets in `field` [b,n,H,W], summed over
 * all places of the batch: [k,k,a,b].
 */
function productsByTaps(tape: Tape, name: string, few: Value, field: Value, window: Window): string {
  const [a, n, h, w] = mapShape(few);
  const [b] = mapShape(field);
  const [kh, kw] = window.kernel;
  const [top, left, bottom, right] = window.pads;
  const { graph } = tape;
  const { stride } = window;
  const isPadded = window.pads.some((pad) => pad > 0);
  const padded = isPadded
    ? tape.node(`${name}_padded`, 'Pad', [field.name, graph.indices(0, 0, top, left, 0, 0, bottom, right)])
    : field.name;
  const rows = tape.reshape(few.name, [a, n * h * w]);
  const products = Array.from({ length: kh * kw }, (_, tap) => {
    const [i, j] = [Math.floor(tap / kw), tap % kw];
    const met = tape.node(`${name}_met`, 'Slice', [
      padded,
      graph.indices(i, j),
      graph.indices(i + (h - 1) * stride + 1, j + (w - 1) * stride + 1),
      graph.indices(2, 3),
      graph.indices(stride, stride),
    ]);
    const flat = tape.reshape(met, [b, n * h * w]);
    return tape.reshape(tape.node(`${name}_tap`, 'Gemm', [rows, flat], { transB: 1 }), [1, a, b]);
  });
  return tape.reshape(tape.node(`${name}_taps`, 'Concat', products, { axis: 0 }), [kh, kw, a, b]);
}

/** Convolution at stride 1 of a map [i,n,h,w] with a kernel [k,k,i,o] and a bias [o]. */
export function convolution(
  tape: Tape,
  name: string,
  x: Value,
  { kernel, bias, pads }: { readonly kernel: Value; readonly bias: Value | null; readonly pads: Pads },
): Value {
  const [, n, h, w] = mapShape(x);
  const [kh = 0, kw = 0, input = 0, output = 0] = kernel.shape;
  const filters = tape.node(`${name}_filters`, 'Transpose', [kernel.name], { perm: [3, 2, 0, 1] });
  const inputs = [swapped(tape, x.name), filters, ...(bias ? [bias.name] : [])];
  const made = swapped(tape, tape.node(name, 'Conv', inputs, { pads: [...pads] }));
  const shape = [output, n, h + pads[0] + pads[2] - kh + 1, w + pads[1] + pads[3] - kw + 1];
  return tape.record(made, shape, bias ? [x, kernel, bias] : [x, kernel], (dy) => {
    const { graph } = tape;
    const back = [kh - 1 - pads[0], kw - 1 - pads[1], kh - 1 - pads[2], kw - 1 - pads[3]];
    return [
      () => {
        // The same taps from the other end, with inputs and outputs exchanged.
        const flat = tape.reshape(kernel.name, [kh * kw, input, output]);
        const order = Array.from({ length: kh * kw }, (_, i) => kh * kw - 1 - i);
        const turned = tape.reshape(tape.node(`${name}_turned`, 'Gather', [flat, graph.indices(...order)]), [
          kh,
          kw,
          input,
          output,
        ]);
        const exchanged = tape.node(`${name}_exchanged`, 'Transpose', [turned], { perm: [2, 3, 0, 1] });
        return swapped(tape, tape.node(`${name}_dx`, 'Conv', [swapped(tape, dy), exchanged], { pads: back }));
      },
      () => {
        const gradient = { name: dy, shape, isMoved: true };
        const taps = productsByTaps(tape, `${name}_dk`, gradient, x, { kernel: [kh, kw], pads, stride: 1 });
        return tape.node(`${name}_dk`, 'Transpose', [taps], { perm: [0, 1, 3, 2] });
      },
      () => tape.node(`${name}_db`, 'ReduceSum', [dy, graph.indices(1, 2, 3)], { keepdims: 0 }),
    ];
  });
}

/** SAME transposed convolution of a map [i,n,h,w] with a kernel [k,k,o,i] and a bias [o]: [o,n,stride h,stride w]. */
export function transposedConvolution(
  tape: Tape,
  name: string,
  x: Value,
  settings: {
    readonly kernel: Value;
    readonly bias: Value | null;
    readonly pads: Pads;
    readonly stride: number;
  },
): Value {
  const { kernel, bias, pads, stride } = settings;
  const [, n, h, w] = mapShape(x);
  const [kh = 0, kw = 0, output = 0] = kernel.shape;
  const strides = [stride, stride];
  const filters = tape.node(`${name}_filters`, 'Transpose', [kernel.name], { perm: [3, 2, 0, 1] });
  const inputs = [swapped(tape, x.name), filters, ...(bias ? [bias.name] : [])];
  const made = swapped(tape, tape.node(name, 'ConvTranspose', inputs, { strides, pads: [...pads] }));
  const shape = [output, n, stride * h, stride * w];
  return tape.record(made, shape, bias ? [x, kernel, bias] : [x, kernel], (dy) => [
    () =>
      swapped(
        tape,
        tape.node(`${name}_dx`, 'Conv', [swapped(tape, dy), filters], { strides, pads: [...pads] }),
      ),
    () => {
      const gradient = { name: dy, shape, isMoved: true };
      const taps = productsByTaps(tape, `${name}_dk`, x, gradient, { kernel: [kh, kw], pads, stride });
      return tape.node(`${name}_dk`, 'Transpose', [taps], { perm: [0, 1, 3, 2] });
    },
    () => tape.node(`${name}_db`, 'ReduceSum', [dy, tape.graph.indices(1, 2, 3)], { keepdims: 0 }),
  ]);
}
