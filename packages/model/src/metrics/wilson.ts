export interface Bounds {
  lower: number;
  upper: number;
}

/** Two-sided standard normal quantiles for the levels in use. */
export const NORMAL_QUANTILES = {
  0.9: 1.6448536269514722,
  0.95: 1.959963984540054,
  0.99: 2.5758293035489004,
} as const;
export type Level = keyof typeof NORMAL_QUANTILES;

/** Wilson's score interval (1927) of a share: `hits` of `n`. */
export function wilson(hits: number, n: number, level: Level = 0.95): Bounds {
  const z2 = NORMAL_QUANTILES[level] ** 2;
  const share = hits / n;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Math.sqrt(z2 * ((share * (1 - share)) / n + z2 / (4 * n * n))) * n) / (n + z2);
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}
