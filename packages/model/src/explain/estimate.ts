import { quantile } from '../metrics/index.ts';
import { seededRandom } from '../random/index.ts';

/** A mean over fields with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** Fields that gave a value. */
  readonly n: number;
}

const RESAMPLES = 2000;
const TAIL = 0.025;

/** Mean and percentile interval by resampling whole groups with replacement; null where no field gave a value. */
export function estimate(
  fields: readonly { readonly group: string; readonly value: number | null }[],
  seed: number,
): Estimate | null {
  const sums = new Map<string, { sum: number; n: number }>();
  for (const { group, value } of fields) {
    if (value === null) continue;
    const { sum, n } = sums.get(group) ?? { sum: 0, n: 0 };
    sums.set(group, { sum: sum + value, n: n + 1 });
  }
  const groups = [...sums.values()];
  if (groups.length === 0) return null;
  const meanOf = (drawn: readonly { sum: number; n: number }[]) =>
    drawn.reduce((total, g) => total + g.sum, 0) / drawn.reduce((total, g) => total + g.n, 0);
  const random = seededRandom(seed);
  const means = Array.from({ length: RESAMPLES }, () =>
    meanOf(groups.map((group) => groups[random.int(groups.length)] ?? group)),
  ).sort((a, b) => a - b);
  return {
    mean: meanOf(groups),
    lower: quantile(means, TAIL),
    upper: quantile(means, 1 - TAIL),
    n: groups.reduce((total, g) => total + g.n, 0),
  };
}
