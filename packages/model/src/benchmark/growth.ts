/** A quantity of work and how long it took, in milliseconds. */
export interface Measured {
  readonly n: number;
  readonly milliseconds: number;
}

/** The power of `n` by which times grow: slope of their logarithms by least squares. 1 is in proportion, 2 every pair. */
export function growthPower(measured: readonly Measured[]): number {
  const points = measured.map(({ n, milliseconds }) => [Math.log(n), Math.log(milliseconds)] as const);
  const mean = (k: 0 | 1): number => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const along = points.reduce((sum, [u, v]) => sum + (u - x) * (v - y), 0);
  return along / points.reduce((sum, [u]) => sum + (u - x) ** 2, 0);
}
