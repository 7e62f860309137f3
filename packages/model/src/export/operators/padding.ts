import { z } from 'zod';
import type { OperatorWriter } from './context.ts';

const pair = z.tuple([z.int(), z.int()]);
export const windowSchema = z.object({ strides: pair, padding: z.enum(['same', 'valid']) });
export type Window = z.infer<typeof windowSchema> & { readonly kernel: readonly [number, number] };

/** ONNX pads [top, left, bottom, right]. Keras's SAME puts the odd pixel at the bottom and right. */
export function convPads({ kernel, strides, padding }: Window, size: readonly [number, number]): number[] {
  if (padding === 'valid') return [0, 0, 0, 0];
  const totals = [0, 1].map((axis) => {
    const [k = 1, s = 1, n = 1] = [kernel[axis], strides[axis], size[axis]];
    return Math.max((Math.ceil(n / s) - 1) * s + k - n, 0);
  });
  return [...totals.map((t) => Math.floor(t / 2)), ...totals.map((t) => Math.ceil(t / 2))];
}

/** Pads of a SAME transposed convolution, whose output is stride times its input. */
export function transposedConvPads({ kernel, strides }: Window): number[] {
  const totals = [0, 1].map((axis) => Math.max((kernel[axis] ?? 1) - (strides[axis] ?? 1), 0));
  return [...totals.map((t) => Math.floor(t / 2)), ...totals.map((t) => Math.ceil(t / 2))];
}

/** Zeros around a map. */
export const zeroPadding2d: OperatorWriter = ({ graph, layer, inputs }) => {
  const { padding } = z.object({ padding: z.tuple([pair, pair]) }).parse(layer.getConfig());
  const [[top, bottom], [left, right]] = padding;
  const pads = graph.indices(0, 0, top, left, 0, 0, bottom, right);
  return graph.node(layer.name, 'Pad', [...inputs(), pads]);
};
