import { type PatientValue, patientMean, patientsIn } from '@blastwise/model/metrics';
import { iso } from '../shared/schemas.ts';
import type { Course, ProgressStep } from './schemas.ts';

/** One case with its figure, at the time when the last of its fields was first read. */
export interface ScoredCase extends PatientValue {
  readonly id: string;
  readonly at: Date;
  readonly fields: number;
}

const CASES_A_STEP = 20;
const DAY_MS = 86_400_000;

interface ScoredField {
  readonly caseId: string;
  readonly patient: string;
  readonly at: Date;
  readonly value: number;
}

/** Values of the fields of each case, as their mean, in the order of being read. */
export function scoreCases(fields: readonly ScoredField[]): ScoredCase[] {
  return [...Map.groupBy(fields, ({ caseId }) => caseId).values()]
    .flatMap((own): ScoredCase[] => {
      const [first] = own;
      if (!first) return [];
      const at = new Date(Math.max(...own.map((field) => field.at.getTime())));
      const value = own.reduce((sum, field) => sum + field.value, 0) / own.length;
      return [{ id: first.caseId, patient: first.patient, at, value, fields: own.length }];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
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
    patients: patientsIn(cases),
    fields: cases.reduce((sum, { fields }) => sum + fields, 0),
    overall: patientMean(cases, worst),
    steps: groupsOf(cases, by).flatMap((own): ProgressStep[] => {
      const [first, last] = [own.at(0), own.at(-1)];
      if (!first || !last) return [];
      return [{ from: iso(first.at), to: iso(last.at), cases: own.length, figure: patientMean(own, worst) }];
    }),
  };
}
