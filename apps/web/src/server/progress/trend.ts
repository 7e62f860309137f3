import { patientChange } from '@blastwise/model/metrics';
import { iso } from '../shared/schemas.ts';
import type { Trend } from './schemas.ts';
import type { ScoredCase } from './steps.ts';

/** The later half of the cases against the earlier one, in the order of being read; null where either is too small to tell. */
export function trendOf(cases: readonly ScoredCase[], worst: number): Trend | null {
  const half = Math.floor(cases.length / 2);
  const since = cases[half]?.at;
  const change = patientChange(cases.slice(0, half), cases.slice(half), worst);
  return change && since ? { since: iso(since), ...change } : null;
}
