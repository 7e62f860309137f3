import { type CostMatrix, DomainError } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import { realisedCost } from '@blastwise/model/decision';
import type { z } from 'zod';
import type { Services } from '../services.ts';
import type { Progress, progressInput } from './schemas.ts';
import { courseOf, LEAST_CASES, scoreCases } from './steps.ts';

const PER = 100;

/** What the blind-review sample cost per 100 cases, over time. */
export function costCourse(fields: readonly db.BlindlyReadField[], costs: CostMatrix, by: 'week' | 'cases') {
  const scored = fields.flatMap(({ caseId, at, decision, actual }) =>
    actual === null ? [] : [{ caseId, at, value: PER * realisedCost(decision, actual, costs) }],
  );
  const worst = PER * Math.max(costs.referralCost, ...costs.matrix.flat());
  return { ...courseOf(scoreCases(scored), by, worst), notAssessable: fields.length - scored.length };
}

/**
 * Whether it is getting better: all history under the costs of one version, on cases that chance has drawn, since corrected
 * ones are no fair sample. @throws DomainError NOT_FOUND without such a version.
 */
export async function progress(
  { db: database }: Services,
  { costMatrixId, by }: z.output<typeof progressInput>,
): Promise<Progress> {
  const [matrix, blind, seen, flips] = await Promise.all([
    costMatrixId ? db.findCosts(database, costMatrixId) : db.activeCosts(database),
    db.blindlyReadFields(database),
    db.seenReadings(database),
    db.blindFlips(database),
  ]);
  if (!matrix) throw new DomainError('NOT_FOUND', 'There is no such version of the costs.');
  const overrides = seen.map(({ caseId, at, overridden }) => ({ caseId, at, value: Number(overridden) }));
  return {
    costMatrix: { id: matrix.id, version: matrix.version, name: matrix.name },
    cost: costCourse(blind, matrix.costs, by),
    override: courseOf(scoreCases(overrides), by, 1),
    flips,
    leastCases: LEAST_CASES,
  };
}
