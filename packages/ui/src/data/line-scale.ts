export interface PlotBox {
  readonly width: number;
  readonly height: number;
}

/** The ends of the vertical axis: from 0, or the lowest value where that is below, to the highest; never of no height. */
export function axisOf(values: readonly number[]): { low: number; high: number } {
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low);
  return high > low ? { low, high } : { low, high: low + 1 };
}

/** Points of a line for SVG: value `i` of `of` along the width, the axis along the height. */
export function linePoints(
  values: readonly number[],
  of: number,
  { low, high }: { low: number; high: number },
  { width, height }: PlotBox,
): string {
  const x = (i: number): number => (of > 1 ? (width * i) / (of - 1) : width / 2);
  const y = (value: number): number => height * (1 - (value - low) / (high - low));
  return values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
}
