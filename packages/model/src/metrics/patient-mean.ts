import { type Estimate, estimate } from './estimate.ts';
import { differenceInterval } from './mover.ts';
import { wilson } from './wilson.ts';

/** What one case has of a figure, 0 or more. Cases of one patient are alike: they are drawn together. */
export interface PatientValue {
  readonly patient: string;
  readonly value: number;
}

export type PatientMean = Pick<Estimate, 'mean' | 'lower' | 'upper'>;

/** Of fewer patients a mean says nothing. */
export const LEAST_PATIENTS = 5;
/** The same cases give the same interval each time. */
const SEED = 1;
/** Means of the same values differ by rounding. */
const ROUNDING = 1e-9;

export const patientsIn = (cases: readonly PatientValue[]): number =>
  new Set(cases.map(({ patient }) => patient)).size;

/**
 * Mean over cases, 0 to `worst`, with the 95 % interval of a bootstrap over patients (Field & Welsh 2007); null of fewer than
 * `LEAST_PATIENTS`. Where all patients are alike a bootstrap can only repeat what it has: as many as Wilson's bound (1927) for 0
 * of so many patients allows may be unlike them, and have anything from 0 to `worst`.
 */
export function patientMean(cases: readonly PatientValue[], worst: number): PatientMean | null {
  const patients = patientsIn(cases);
  if (patients < LEAST_PATIENTS) return null;
  const found = estimate(
    cases.map(({ patient: group, value }) => ({ group, value })),
    SEED,
  );
  if (!found) return null;
  const { mean, lower, upper } = found;
  if (upper - lower > ROUNDING * worst) return { mean, lower, upper };
  const unlike = wilson(0, patients).upper;
  return { mean, lower: (1 - unlike) * mean, upper: (1 - unlike) * mean + unlike * worst };
}

/** A change of something of which less is better; `cannot-tell` where its interval holds 0. */
export interface PatientChange {
  readonly difference: PatientMean;
  readonly verdict: 'better' | 'worse' | 'cannot-tell';
}

/**
 * The mean of later cases minus that of earlier ones; null where either is of too few patients. The interval is made of those
 * of both (`differenceInterval`), with their correlation, for a patient may have cases in both.
 */
export function patientChange(
  before: readonly PatientValue[],
  after: readonly PatientValue[],
  worst: number,
): PatientChange | null {
  const [earlier, later] = [patientMean(before, worst), patientMean(after, worst)];
  if (!earlier || !later) return null;
  const difference = differenceInterval(later, earlier, correlationOfMeans(before, after));
  const { lower, upper } = difference;
  return { difference, verdict: upper < 0 ? 'better' : lower > 0 ? 'worse' : 'cannot-tell' };
}

/** By how much the cases of each patient lie above the mean together. */
function excessByPatient(cases: readonly PatientValue[]): ReadonlyMap<string, number> {
  const mean = cases.reduce((sum, { value }) => sum + value, 0) / cases.length;
  const excess = new Map<string, number>();
  for (const { patient, value } of cases) excess.set(patient, (excess.get(patient) ?? 0) + value - mean);
  return excess;
}

/**
 * Correlation of the means of two samples that share patients, -1..1, by linearising the means over patients (a mean over cases
 * is a ratio of sums over patients; Cochran 1977, Sampling techniques, 6.3): with e and f how far the cases of a patient lie
 * above the mean of either sample together, `sum e f / sqrt(sum e^2 sum f^2)`. 0 where they share none, or where one does not
 * vary.
 */
export function correlationOfMeans(one: readonly PatientValue[], other: readonly PatientValue[]): number {
  const [a, b] = [excessByPatient(one), excessByPatient(other)];
  const squares = (excess: ReadonlyMap<string, number>): number =>
    [...excess.values()].reduce((sum, value) => sum + value ** 2, 0);
  const shared = [...a].reduce((sum, [patient, value]) => sum + value * (b.get(patient) ?? 0), 0);
  const spread = Math.sqrt(squares(a) * squares(b));
  return spread === 0 ? 0 : Math.max(-1, Math.min(1, shared / spread));
}
