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

interface Sums {
  readonly part: number;
  readonly whole: number;
}

const ratioOf = (drawn: readonly Sums[]): number =>
  drawn.reduce((total, { part }) => total + part, 0) / drawn.reduce((total, { whole }) => total + whole, 0);

/**
 * Sum of the parts over the sum of the wholes, as pixels that agree over all pixels, and its percentile interval by
 * resampling whole groups with replacement, at 95 % unless `tail` says otherwise. Draws without a whole are left out; null
 * where there is none at all.
 */
export function estimateRatio(
  fields: readonly (Sums & { readonly group: string })[],
  seed: number,
  { resamples, tail }: Draws = DRAWS,
): Estimate | null {
  const sums = new Map<string, Sums>();
  for (const { group, part, whole } of fields) {
    const known = sums.get(group) ?? { part: 0, whole: 0 };
    sums.set(group, { part: known.part + part, whole: known.whole + whole });
  }
  const groups = [...sums.values()];
  if (groups.every(({ whole }) => whole === 0)) return null;
  const random = seededRandom(seed);
  const ratios = Array.from({ length: resamples }, () =>
    ratioOf(groups.map((group) => groups[random.int(groups.length)] ?? group)),
  )
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return {
    mean: ratioOf(groups),
    lower: quantile(ratios, tail),
    upper: quantile(ratios, 1 - tail),
    n: fields.length,
  };
}

/**
 * Mean and percentile interval by resampling whole groups with replacement, at 95 % unless told otherwise; null where no
 * field gave a value.
 */
export function estimate(
  fields: readonly { readonly group: string; readonly value: number | null }[],
  seed: number,
  draws: Draws = DRAWS,
): Estimate | null {
  const known = fields.flatMap(({ group, value }) =>
    value === null ? [] : [{ group, part: value, whole: 1 }],
  );
  return estimateRatio(known, seed, draws);
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
