import type { Tape, Value } from '../tape.ts';
import { mapShape } from './context.ts';

/** A map, the gradient of what was made of it, and between them the filters of [k,k,c,1]. */
export interface FilterGradient {
  readonly x: Value;
  /** [c,n,H,W] */
  readonly dy: Value;
  readonly kernel: readonly [number, number];
  /** Of the top, left, bottom and right. */
  readonly pads: readonly [number, number, number, number];
}

/**
 * Gradient of depthwise filters at stride 1, [c, k * k]: dK[i,j] = sum over n, r, q of dy[r,q] x[r + i - top, q + j - left].
 * For each row i of the filter a product of all rows of dy with those of x that it meets gives what every column of dy
 * has in common with every column of x; filter column j is the diagonal q + j - left of that.
 */
export function filtersByRows(tape: Tape, name: string, { x, dy, kernel, pads }: FilterGradient): string {
  const [c, n, h, w] = mapShape(x);
  const [, , outHeight, outWidth] = mapShape(dy);
  const [kh, kw] = kernel;
  const [top, left] = pads;
  const { graph } = tape;
  const rowsOf = (value: Value, from: number, rows: number) => {
    const [, , height, width] = mapShape(value);
    const isWhole = from === 0 && rows === height;
    if (isWhole) return tape.reshape(value.name, [c, n * rows, width]);
    const axes = [graph.indices(from), graph.indices(from + rows), graph.indices(2)];
    return tape.reshape(tape.node(`${name}_rows`, 'Slice', [value.name, ...axes]), [c, n * rows, width]);
  };
  const products = Array.from({ length: kh }, (_, i) => {
    const first = Math.max(0, top - i);
    const rows = Math.min(outHeight, h + top - i) - first;
    const columns = tape.node(`${name}_columns`, 'Transpose', [rowsOf(dy, first, rows)], { perm: [0, 2, 1] });
    const met = rowsOf(x, first + i - top, rows);
    return tape.reshape(tape.node(`${name}_met`, 'MatMul', [columns, met]), [c, 1, outWidth * w]);
  });
  const all = tape.node(`${name}_all`, 'Concat', products, { axis: 1 });
  const diagonals = new Float32Array(outWidth * w * kw);
  for (let q = 0; q < outWidth; q++) {
    for (let j = 0; j < kw; j++) {
      const p = q + j - left;
      if (p >= 0 && p < w) diagonals[(q * w + p) * kw + j] = 1;
    }
  }
  const shape = [outWidth * w, kw];
  const constant = graph.constant(`diagonals_${outWidth}_${w}_${kw}_${left}`, shape, diagonals);
  return tape.reshape(tape.node(`${name}_taps`, 'MatMul', [all, constant]), [c, kh * kw]);
}

/** The same at any stride: each channel convolved with its gradient as a filter, in groups of a batch, over which it sums. */
export function filtersByConvolution(
  tape: Tape,
  name: string,
  { x, dy, kernel, pads }: FilterGradient,
  stride: number,
): string {
  const [c, n, h, w] = mapShape(x);
  const [, , outHeight, outWidth] = mapShape(dy);
  const [kh, kw] = kernel;
  const { graph } = tape;
  const full = tape.node(name, 'Conv', [tape.reshape(x.name, [1, c * n, h, w]), dy.name], {
    group: c,
    kernel_shape: [outHeight, outWidth],
    dilations: [stride, stride],
    pads,
  });
  // The last rows and columns of the field may reach further than any filter did.
  const reached = [
    h + pads[0] + pads[2] - (outHeight - 1) * stride,
    w + pads[1] + pads[3] - (outWidth - 1) * stride,
  ];
  const isExact = reached[0] === kh && reached[1] === kw;
  if (isExact) return tape.reshape(full, [c, kh * kw]);
  const window = [graph.indices(0, 0), graph.indices(kh, kw), graph.indices(2, 3)];
  return tape.reshape(tape.node(`${name}_kept`, 'Slice', [full, ...window]), [c, kh * kw]);
}
