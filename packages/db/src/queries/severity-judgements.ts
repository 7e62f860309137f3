import type { CostCorrection } from '@blastwise/contracts';
import { desc, eq } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { corrections, decisions, imageStates } from '../schema/index.ts';

/** Why a standing reading of a settled field says nothing of what an error costs. */
export const UNJUDGED = [
  'settled-not-assessable',
  'not-assessable',
  'other-stage',
  'no-result',
  'deferred',
  'no-answer',
] as const;
export type Unjudged = (typeof UNJUDGED)[number];

/**
 * A reading that stands, with the settled stage and the stage of the decision its reader saw. That decision, and not the
 * network's likeliest stage, is what a reader is asked to judge the harm of, and what the cell of a cost matrix prices.
 */
export interface SeverityJudgement extends CostCorrection {
  readonly imageId: string;
}

export interface SeverityJudgements {
  readonly judgements: readonly SeverityJudgement[];
  readonly leftOut: Readonly<Record<Unjudged, number>>;
}

/** Each reader's latest reading of every settled field. */
async function readingsOfSettledFields(db: Queryable) {
  return db
    .selectDistinctOn([corrections.imageId, corrections.readerId], {
      imageId: corrections.imageId,
      actual: imageStates.adjudicatedStage,
      stage: corrections.stage,
      severity: corrections.severity,
      certainty: corrections.certainty,
      confirmedBy: corrections.confirmedBy,
      decisionId: decisions.id,
      predicted: decisions.stage,
      deferred: decisions.defer,
    })
    .from(corrections)
    .innerJoin(imageStates, eq(imageStates.imageId, corrections.imageId))
    .leftJoin(decisions, eq(decisions.id, corrections.decisionId))
    .where(eq(imageStates.adjudication, 'adjudicated'))
    .orderBy(corrections.imageId, corrections.readerId, desc(corrections.createdAt), desc(corrections.id));
}

type SettledReading = Awaited<ReturnType<typeof readingsOfSettledFields>>[number];

function judgementIn(reading: SettledReading): SeverityJudgement | Unjudged {
  const { imageId, actual, stage, severity, certainty, confirmedBy, predicted } = reading;
  // A cell of the matrix prices a stage; of no stage there is no cell.
  if (actual === null) return 'settled-not-assessable';
  if (stage === null) return 'not-assessable';
  if (stage !== actual) return 'other-stage';
  if (reading.decisionId === null) return 'no-result';
  // Of a deferred field readers are not asked: its severity is recorded as none without a judgement.
  if (reading.deferred) return 'deferred';
  if (predicted === null) return 'no-answer';
  return { imageId, actual, predicted, severity, certainty, confirmedBy };
}

/** How harmful readers judged the errors of settled fields, and how many of their readings judge none. */
export async function severityJudgements(db: Queryable): Promise<SeverityJudgements> {
  const judgements: SeverityJudgement[] = [];
  const leftOut: Record<Unjudged, number> = {
    'settled-not-assessable': 0,
    'not-assessable': 0,
    'other-stage': 0,
    'no-result': 0,
    deferred: 0,
    'no-answer': 0,
  };
  for (const reading of await readingsOfSettledFields(db)) {
    const found = judgementIn(reading);
    if (typeof found === 'string') leftOut[found] += 1;
    else judgements.push(found);
  }
  return { judgements, leftOut };
}
