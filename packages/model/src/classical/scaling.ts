/** What standardises features: mean and standard deviation of each, 1 where it never differs. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
}

/** Measured over rows of one length; of the population, not of a sample. */
export function fitScaling(rows: readonly ArrayLike<number>[]): Scaling {
  const features = rows[0]?.length ?? 0;
  const mean = new Float64Array(features);
  const variance = new Float64Array(features);
  for (const row of rows)
    for (let k = 0; k < features; k++) mean[k] = (mean[k] ?? 0) + (row[k] ?? 0) / rows.length;
  for (const row of rows)
    for (let k = 0; k < features; k++)
      variance[k] = (variance[k] ?? 0) + ((row[k] ?? 0) - (mean[k] ?? 0)) ** 2 / rows.length;
  return { mean, spread: variance.map((v) => Math.sqrt(v) || 1) };
}

/** The features of a row in standard deviations from their means. */
export const scaled = (
  row: ArrayLike<number>,
  mean: ArrayLike<number>,
  spread: ArrayLike<number>,
): Float32Array => Float32Array.from(row, (value, k) => (value - (mean[k] ?? 0)) / (spread[k] ?? 1));
