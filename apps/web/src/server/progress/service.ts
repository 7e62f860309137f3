import { type CostMatrix, DomainError } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import { realisedCost } from '@blastwise/model/decision';
import { LEAST_PATIENTS } from '@blastwise/model/metrics';
import type { z } from 'zod';
import { readersAgreement } from '../reviews/agreement.ts';
import type { Services } from '../services.ts';
import type { Progress, progressInput } from './schemas.ts';
import { courseOf, scoreCases } from './steps.ts';
import { trendOf } from './trend.ts';

const PER = 100;

/** What the cases of the blind-review sample cost, in hundreds, and the most that one can. */
function costOfCases(fields: readonly db.BlindlyReadField[], costs: CostMatrix) {
  const scored = fields.flatMap(({ actual, decision, ...field }) =>
    actual === null ? [] : [{ ...field, value: PER * realisedCost(decision, actual, costs) }],
  );
  return {
    cases: scoreCases(scored),
    worst: PER * Math.max(costs.referralCost, ...costs.matrix.flat()),
    notAssessable: fields.length - scored.length,
  };
}

/** What the blind-review sample cost per 100 cases, over time. */
export function costCourse(fields: readonly db.BlindlyReadField[], costs: CostMatrix, by: 'week' | 'cases') {
  const { cases, worst, notAssessable } = costOfCases(fields, costs);
  return { ...courseOf(cases, by, worst), notAssessable };
}

/**
 * Whether it is getting better: all history under the costs of one version, on cases that chance has drawn, since corrected
 * ones are no fair sample. @throws DomainError NOT_FOUND without such a version.
 */
export async function progress(
  services: Services,
  { costMatrixId, by }: z.output<typeof progressInput>,
): Promise<Progress> {
  const { db: database } = services;
  const [matrix, blind, sample, seen, flips, { overall }] = await Promise.all([
    costMatrixId ? db.findCosts(database, costMatrixId) : db.activeCosts(database),
    db.blindlyReadFields(database),
    db.blindSample(database),
    db.seenReadings(database),
    db.blindFlips(database),
    readersAgreement(services),
  ]);
  if (!matrix) throw new DomainError('NOT_FOUND', 'There is no such version of the costs.');
  const { cases, worst } = costOfCases(blind, matrix.costs);
  const overrides = seen.map(({ overridden, ...field }) => ({ ...field, value: Number(overridden) }));
  return {
    costMatrix: { id: matrix.id, version: matrix.version, name: matrix.name },
    cost: costCourse(blind, matrix.costs, by),
    trend: trendOf(cases, worst),
    sample,
    agreement: overall,
    override: courseOf(scoreCases(overrides), by, 1),
    flips,
    leastPatients: LEAST_PATIENTS,
  };
}
