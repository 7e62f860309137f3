import { type CostMatrix, type Decision, type MaturityStage, stageIndex } from '@blastwise/contracts';
import { estimate } from '@blastwise/model/metrics';
import type { CostComparison } from './schemas.ts';

/** What a reader is told: a stage, or that another reader should look. */
type Told = Pick<Decision, 'stage' | 'defer'>;

/** What telling it costs: that of a second reading, or of the stage; null: no stage was given. */
const priceOf = ({ stage, defer }: Told, costs: CostMatrix, ofStage: (stage: MaturityStage) => number) =>
  defer ? costs.referralCost : stage && ofStage(stage);

/** What a decision is expected to cost, given what each stage is expected to cost. */
export const expectedPrice = (
  told: Told,
  costs: CostMatrix,
  expected: Decision['expectedCosts'],
): number | null => priceOf(told, costs, (stage) => expected[stage]);

/** What a decision does cost where the field truly is `actual`. */
export const realisedPrice = (told: Told, costs: CostMatrix, actual: MaturityStage): number | null =>
  priceOf(told, costs, (stage) => costs.matrix[stageIndex(actual)]?.[stageIndex(stage)] ?? 0);

/** The same figures give the same intervals each time. */
const SEED = 1;
/** A slider is followed, so there are few resamples, and fewer where there is more to draw. */
const drawsOf = (patients: number) => ({ resamples: patients > 1_000 ? 200 : 500, tail: 0.025 });
const FEWEST_PATIENTS = 5;

export interface Priced {
  /** Named by the patient's first case. */
  readonly patient: string;
  readonly before: number | null;
  readonly after: number | null;
}

/**
 * Mean costs with percentile intervals by resampling whole patients (Efron & Tibshirani 1993, ch. 13). Fields without a stage
 * are left out. No interval from fewer than five patients, nor where every one says the same: a bootstrap could only repeat it.
 */
export function comparison(fields: readonly Priced[]): CostComparison | null {
  const priced = fields.flatMap(({ patient, before, after }) =>
    before === null || after === null ? [] : [{ group: patient, before, after }],
  );
  const patients = new Set(priced.map(({ group }) => group)).size;
  if (patients === 0) return null;
  const meanOf = (value: (row: (typeof priced)[number]) => number) => {
    const rows = priced.map((row) => ({ group: row.group, value: value(row) }));
    const found = estimate(rows, SEED, drawsOf(patients));
    const told = found && patients >= FEWEST_PATIENTS && found.lower < found.upper;
    const interval = told ? { lower: found.lower, upper: found.upper } : null;
    return { mean: found?.mean ?? 0, interval };
  };
  return {
    fields: priced.length,
    patients,
    before: meanOf(({ before }) => before),
    after: meanOf(({ after }) => after),
    difference: meanOf(({ before, after }) => after - before),
  };
}
