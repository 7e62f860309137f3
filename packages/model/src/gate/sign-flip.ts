import { seededRandom } from '../random/index.ts';

/** Signs taken from one random integer, and groups of which all patterns are tabulated together. */
const BITS = 30;
const TABULATED = 6;
/** Sums closer than this share of the largest are equal: costs such as 0.1 do not add up exactly. */
const ROUNDING = 1e-9;

export interface SignFlipOptions {
  readonly seed: number;
  /** Sign patterns drawn where there are more than that; else all are enumerated. The smallest p drawn is 1 / (draws + 1). */
  readonly draws: number;
  /** The p value that counts as proof, 0..1. */
  readonly level: number;
}

export interface SignFlip {
  /** One-sided p value of "the challenger is cheaper", above 0. */
  readonly p: number;
  /** Groups whose cost under the two models differs: only these say anything. */
  readonly discordant: number;
  /** The p value if every discordant group favoured the challenger: 2^-discordant, or 1 / (draws + 1) if larger. */
  readonly smallestP: number;
  /**
   * The gain nearest to zero that would have reached `level` with differences of these sizes, as a sum over all fields
   * (negative); null where none could.
   */
  readonly critical: number | null;
}

/**
 * Paired randomisation test over groups (Fisher 1935; Ernst 2004), one-sided: if it makes no difference which of two
 * models answered, each group's summed cost difference is as likely with either sign. The p value is the share of sign
 * patterns whose sum is at most the one seen, `#{T* <= T} / 2^k` by enumeration, or `(1 + #{T* <= T}) / (1 + draws)`
 * where patterns are drawn (Phipson & Smyth 2010). Exact for models that are exchangeable within each group, whatever
 * the correlation inside the groups.
 */
export function signFlip(groupSums: readonly number[], { seed, draws, level }: SignFlipOptions): SignFlip {
  const sums = groupSums.filter((sum) => sum !== 0);
  const seen = sums.reduce((a, b) => a + b, 0);
  const close = ROUNDING * sums.reduce((a, b) => a + Math.abs(b), 0);
  const enumerated = 2 ** sums.length <= draws;
  const patterns = enumerated ? allPatterns(sums) : drawnPatterns(sums, seed, draws);
  patterns.sort();
  const added = enumerated ? 0 : 1;
  const all = patterns.length + added;
  return {
    p: (countUpTo(patterns, seen + close) + added) / all,
    discordant: sums.length,
    smallestP: Math.max(2 ** -sums.length, 1 / all),
    critical: largestBelow(patterns, Math.floor(level * all) - added, close),
  };
}

function allPatterns(sums: readonly number[]): Float64Array {
  const totals = new Float64Array(2 ** sums.length);
  let filled = 1;
  for (const sum of sums) {
    for (let i = 0; i < filled; i++) {
      const total = totals[i] ?? 0;
      totals[i] = total - sum;
      totals[filled + i] = total + sum;
    }
    filled *= 2;
  }
  return totals;
}

function drawnPatterns(sums: readonly number[], seed: number, draws: number): Float64Array {
  const random = seededRandom(seed);
  const tables = Array.from({ length: Math.ceil(sums.length / TABULATED) }, (_, i) =>
    allPatterns(sums.slice(i * TABULATED, (i + 1) * TABULATED)),
  );
  return Float64Array.from({ length: draws }, () => {
    let [total, signs, left] = [0, 0, 0];
    for (const table of tables) {
      if (left === 0) [signs, left] = [random.int(2 ** BITS), BITS];
      total += table[signs & (table.length - 1)] ?? 0;
      signs >>= TABULATED;
      left -= TABULATED;
    }
    return total;
  });
}

/** How many of the ascending values are at most `limit`. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The largest value that, with all equal to it, is among the first `allowed`; null where there is none. */
function largestBelow(ascending: Float64Array, allowed: number, close: number): number | null {
  if (allowed < 1) return null;
  const beyond = ascending[allowed] ?? Infinity;
  return ascending[countUpTo(ascending, beyond - 2 * close) - 1] ?? null;
}
