import type { Reception } from '@blastwise/contracts';
import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { decisions, imageStates } from '../schema/index.ts';
import { firstReadings } from './first-readings.ts';

/** A field that has a result, or that somebody has read. */
export interface ReceivedField {
  readonly imageId: string;
  readonly reception: Reception;
  /** As one of the four stages. */
  readonly isSettled: boolean;
}

/**
 * How the answer for every field that was analysed or read was received, and whether the field is settled. Fields that are not
 * assessable to their first reader, or settled as that, are left out unless a stage was settled: they are no test of any model.
 */
export async function receivedFields(db: Queryable): Promise<ReceivedField[]> {
  const first = firstReadings(db);
  const isSettled = sql<boolean>`${imageStates.adjudicatedStage} is not null`;
  const mayHaveAStage = sql`${imageStates.adjudication} is distinct from 'adjudicated'
    and (${first.id} is null or ${first.stage} is not null)`;
  return db
    .select({
      imageId: imageStates.imageId,
      isSettled,
      reception: sql<Reception>`case
        when ${first.id} is not null and ${first.decisionId} is null then 'unseen'
        when ${decisions.defer} or ${decisions.stage} is null then 'deferred'
        when ${first.id} is null or ${first.stage} is not distinct from ${decisions.stage} then 'unopposed'
        else 'overridden ' || ${first.severity} end`,
    })
    .from(imageStates)
    .leftJoin(first, eq(first.imageId, imageStates.imageId))
    .leftJoin(decisions, eq(decisions.id, sql`coalesce(${first.decisionId}, ${imageStates.decisionId})`))
    .where(and(or(isNotNull(imageStates.decisionId), isNotNull(first.id)), or(isSettled, mayHaveAStage)));
}
