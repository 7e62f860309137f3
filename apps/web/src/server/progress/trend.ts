import { iso } from '../shared/schemas.ts';
import type { Trend } from './schemas.ts';
import { figureOf, type ScoredCase } from './steps.ts';

/**
 * The later half of the cases against the earlier one, in the order of being read; null where either is too small for a
 * figure. The interval of the difference is made of those of both halves, which share no case, by the method of variance
 * estimates recovery (Zou & Donner 2008). Less is better; within the interval of nothing, nobody can tell.
 */
export function trendOf(cases: readonly ScoredCase[], worst: number): Trend | null {
  const half = Math.floor(cases.length / 2);
  const [earlier, later] = [figureOf(cases.slice(0, half), worst), figureOf(cases.slice(half), worst)];
  const since = cases[half]?.at;
  if (!earlier || !later || !since) return null;
  const mean = later.mean - earlier.mean;
  const lower = mean - Math.hypot(later.mean - later.lower, earlier.upper - earlier.mean);
  const upper = mean + Math.hypot(later.upper - later.mean, earlier.mean - earlier.lower);
  const verdict = upper < 0 ? 'better' : lower > 0 ? 'worse' : 'cannot-tell';
  return { since: iso(since), difference: { mean, lower, upper }, verdict };
}
