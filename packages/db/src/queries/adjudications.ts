import type { Adjudication, AdjudicationPolicy, CorrectionInput, Role } from '@blastwise/contracts';
import { and, asc, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { corrections, imageStates, images } from '../schema/index.ts';
import { lockCases, refreshCases } from './case-states.ts';
import { serviceSettings } from './settings.ts';

/** A reader's latest word on a field, and the role in which it was given. */
export type StandingReading = Pick<CorrectionInput, 'stage' | 'confirmedBy' | 'severity'> & {
  readonly readerRole: Role;
};

/** What the standing readings of a field, oldest first, amount to; the caller brings it (`@blastwise/model/adjudication`). */
export type Adjudicate = (readings: readonly StandingReading[], policy: AdjudicationPolicy) => Adjudication;

async function standingReadings(tx: Queryable, imageId: string): Promise<StandingReading[]> {
  const latest = tx
    .selectDistinctOn([corrections.readerId])
    .from(corrections)
    .where(eq(corrections.imageId, imageId))
    .orderBy(corrections.readerId, desc(corrections.createdAt), desc(corrections.id))
    .as('latest');
  return tx
    .select({
      readerRole: latest.readerRole,
      stage: latest.stage,
      confirmedBy: latest.confirmedBy,
      severity: latest.severity,
    })
    .from(latest)
    .orderBy(asc(latest.createdAt), asc(latest.id));
}

/** What the readings of a field, locked before, amount to under the policy in force, as columns of its state. */
export async function adjudicationOf(tx: Queryable, imageId: string, adjudicate: Adjudicate) {
  const found = adjudicate(await standingReadings(tx, imageId), await serviceSettings(tx));
  return {
    adjudication: found.status,
    adjudicationWhy: found.status === 'open' ? null : found.status === 'disputed' ? found.why : found.by,
    adjudicatedStage: found.status === 'adjudicated' ? found.stage : null,
  };
}

/** Fields adjudicated in one transaction. */
const BATCH = 200;

const UNADJUDICATED = and(isNotNull(imageStates.correctionId), isNull(imageStates.adjudication));

async function adjudicateBatch(db: Queryable, adjudicate: Adjudicate): Promise<number> {
  return db.transaction(async (tx) => {
    const waiting = await tx
      .select({ imageId: images.id, caseId: images.caseId })
      .from(imageStates)
      .innerJoin(images, eq(images.id, imageStates.imageId))
      .where(UNADJUDICATED)
      .limit(BATCH);
    const caseIds = [...new Set(waiting.map(({ caseId }) => caseId))];
    await lockCases(tx, caseIds);
    // Looked at again under the lock: one that somebody has read meanwhile was adjudicated with it.
    const fields = await tx
      .select({ imageId: imageStates.imageId })
      .from(imageStates)
      .where(
        and(
          inArray(
            imageStates.imageId,
            waiting.map(({ imageId }) => imageId),
          ),
          UNADJUDICATED,
        ),
      )
      .orderBy(imageStates.imageId)
      .for('update');
    for (const { imageId } of fields) {
      await tx
        .update(imageStates)
        .set(await adjudicationOf(tx, imageId, adjudicate))
        .where(eq(imageStates.imageId, imageId));
    }
    await refreshCases(tx, caseIds);
    return waiting.length;
  });
}

/** Adjudicates the fields that were read before readings were adjudicated; run again, it finds nothing to do. */
export async function adjudicateReadFields(db: Queryable, adjudicate: Adjudicate): Promise<void> {
  while ((await adjudicateBatch(db, adjudicate)) > 0);
}
