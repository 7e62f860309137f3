import { seededRandom } from '../random/index.ts';
import { quantile } from './bootstrap.ts';
import { wilson } from './wilson.ts';

/** A mean over fields with its interval, at 95 % unless asked otherwise. */
export interface Estimate {
  mean: number;
  lower: number;
  upper: number;
  /** Fields that gave a value. */
  n: number;
}

interface Draws {
  readonly resamples: number;
  /** Share of the resampled means beyond each end, 0..0.5. */
  readonly tail: number;
}
const DRAWS: Draws = { resamples: 2000, tail: 0.025 };

/**
 * Mean and percentile interval by resampling whole groups with replacement, at 95 % unless `tail` says otherwise; null
 * where no field gave a value.
 */
export function estimate(
  fields: readonly { readonly group: string; readonly value: number | null }[],
  seed: number,
  { resamples, tail }: Draws = DRAWS,
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
  const means = Array.from({ length: resamples }, () =>
    meanOf(groups.map((group) => groups[random.int(groups.length)] ?? group)),
  ).sort((a, b) => a - b);
  return {
    mean: meanOf(groups),
    lower: quantile(means, tail),
    upper: quantile(means, 1 - tail),
    n: groups.reduce((total, g) => total + g.n, 0),
  };
}

const groupsOf = (rows: readonly { readonly group: string }[]): number =>
  new Set(rows.map(({ group }) => group)).size;

/**
 * Share of the rows that `hit`, 0..1, by resampling groups; where all rows hit or none does, which a bootstrap can only
 * repeat, the bound is Wilson's for 0 of as many groups.
 */
export function estimateShare(
  rows: readonly { readonly group: string; readonly hit: boolean }[],
  seed: number,
): Estimate | null {
  const found = estimate(
    rows.map(({ group, hit }) => ({ group, value: hit ? 1 : 0 })),
    seed,
  );
  if (!found || (found.mean > 0 && found.mean < 1)) return found;
  const { upper } = wilson(0, groupsOf(rows));
  return found.mean === 0 ? { ...found, lower: 0, upper } : { ...found, lower: 1 - upper, upper: 1 };
}

/**
 * By how much more of the rows `one` holds than `other`, -1..1, paired row by row, by resampling groups; where they never
 * differ the bound is Wilson's for 0 of as many groups, either way.
 */
export function estimateGain(
  rows: readonly { readonly group: string; readonly one: boolean; readonly other: boolean }[],
  seed: number,
): Estimate | null {
  const found = estimate(
    rows.map(({ group, one, other }) => ({ group, value: Number(one) - Number(other) })),
    seed,
  );
  if (!found || rows.some(({ one, other }) => one !== other)) return found;
  const { upper } = wilson(0, groupsOf(rows));
  return { ...found, lower: -upper, upper };
}
