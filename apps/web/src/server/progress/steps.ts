import { estimate, wilson } from '@blastwise/model/metrics';
import { iso } from '../shared/schemas.ts';
import type { Course, Intervalled, ProgressStep } from './schemas.ts';

/** One case with its figure, at the time when the last of its fields was first read. */
export interface ScoredCase {
  readonly id: string;
  readonly at: Date;
  readonly value: number;
  readonly fields: number;
}

/** Of fewer cases a figure says nothing. */
export const LEAST_CASES = 5;
const CASES_A_STEP = 20;
/** The same cases give the same interval each time. */
const SEED = 1;
const DAY_MS = 86_400_000;

/** Values of the fields of each case, as their mean, in the order of being read. */
export function scoreCases(
  fields: readonly { readonly caseId: string; readonly at: Date; readonly value: number }[],
): ScoredCase[] {
  return [...Map.groupBy(fields, ({ caseId }) => caseId)]
    .map(([id, own]) => ({
      id,
      at: new Date(Math.max(...own.map(({ at }) => at.getTime()))),
      value: own.reduce((sum, { value }) => sum + value, 0) / own.length,
      fields: own.length,
    }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * Mean over cases with a bootstrap interval over cases; null of too few. Where every case has 0 a bootstrap can only repeat
 * it: as many of them as Wilson's bound for 0 of so many allows may still have `worst`.
 */
export function figureOf(cases: readonly ScoredCase[], worst: number): Intervalled | null {
  if (cases.length < LEAST_CASES) return null;
  const found = estimate(
    cases.map(({ id: group, value }) => ({ group, value })),
    SEED,
  );
  if (!found) return null;
  const { mean, lower, upper } = found;
  return mean === 0
    ? { mean, lower: 0, upper: wilson(0, cases.length).upper * worst }
    : { mean, lower, upper };
}

/** Monday of the week, 00:00 UTC. */
const weekOf = (at: Date): number => {
  const day = Math.floor(at.getTime() / DAY_MS);
  return (day - ((day + 3) % 7)) * DAY_MS;
};

function groupsOf(cases: readonly ScoredCase[], by: 'week' | 'cases'): ScoredCase[][] {
  if (by === 'week') return [...Map.groupBy(cases, ({ at }) => weekOf(at)).values()];
  return Array.from({ length: Math.ceil(cases.length / CASES_A_STEP) }, (_, i) =>
    cases.slice(i * CASES_A_STEP, (i + 1) * CASES_A_STEP),
  );
}

/** A figure of each week, or of each 20 cases, and of all; `worst` is the highest that a case can have. */
export function courseOf(cases: readonly ScoredCase[], by: 'week' | 'cases', worst: number): Course {
  return {
    cases: cases.length,
    fields: cases.reduce((sum, { fields }) => sum + fields, 0),
    overall: figureOf(cases, worst),
    steps: groupsOf(cases, by).flatMap((own): ProgressStep[] => {
      const [first, last] = [own.at(0), own.at(-1)];
      if (!first || !last) return [];
      return [{ from: iso(first.at), to: iso(last.at), cases: own.length, figure: figureOf(own, worst) }];
    }),
  };
}
