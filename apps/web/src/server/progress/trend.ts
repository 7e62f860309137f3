import { iso } from '../shared/schemas.ts';
import type { Trend } from './schemas.ts';
import { figureOf, type ScoredCase } from './steps.ts';

/**
 * The later half of the cases against the earlier one, in the order of being read; null where either is too small for a
 * figure. The interval of the difference is made of those of both halves by the method of variance estimates recovery
 * (Zou & Donner 2008), with their correlation, for a patient may have cases in both. Less is better; within the interval of
 * nothing, nobody can tell.
 */
export function trendOf(cases: readonly ScoredCase[], worst: number): Trend | null {
  const half = Math.floor(cases.length / 2);
  const [before, after] = [cases.slice(0, half), cases.slice(half)];
  const [earlier, later] = [figureOf(before, worst), figureOf(after, worst)];
  const since = cases[half]?.at;
  if (!earlier || !later || !since) return null;
  const r = correlationOf(before, after);
  const reach = (a: number, b: number): number => Math.sqrt(a ** 2 - 2 * r * a * b + b ** 2);
  const mean = later.mean - earlier.mean;
  const lower = mean - reach(later.mean - later.lower, earlier.upper - earlier.mean);
  const upper = mean + reach(later.upper - later.mean, earlier.mean - earlier.lower);
  const verdict = upper < 0 ? 'better' : lower > 0 ? 'worse' : 'cannot-tell';
  return { since: iso(since), difference: { mean, lower, upper }, verdict };
}

/** By how much the cases of each patient lie above their half's mean together. */
function excessByPatient(cases: readonly ScoredCase[]): ReadonlyMap<string, number> {
  const mean = cases.reduce((sum, { value }) => sum + value, 0) / cases.length;
  const excess = new Map<string, number>();
  for (const { patient, value } of cases) excess.set(patient, (excess.get(patient) ?? 0) + value - mean);
  return excess;
}

/**
 * Correlation of the means of two samples that share patients, -1..1, by linearising the means over patients; 0 where they
 * share none, or where one sample does not vary.
 */
export function correlationOf(one: readonly ScoredCase[], other: readonly ScoredCase[]): number {
  const [a, b] = [excessByPatient(one), excessByPatient(other)];
  const squares = (excess: ReadonlyMap<string, number>): number =>
    [...excess.values()].reduce((sum, value) => sum + value ** 2, 0);
  const shared = [...a].reduce((sum, [patient, value]) => sum + value * (b.get(patient) ?? 0), 0);
  const spread = Math.sqrt(squares(a) * squares(b));
  return spread === 0 ? 0 : shared / spread;
}
