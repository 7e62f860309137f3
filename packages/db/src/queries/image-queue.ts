import { DomainError, QUEUES } from '@blastwise/contracts';
import { eq, sql } from 'drizzle-orm';
import { type Actor, SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import type { AnalysisQueue } from '../jobs/index.ts';
import { BOSS_SCHEMA } from '../jobs/policy.ts';
import { notifyLive } from '../live/index.ts';
import { lockShared } from '../locks.ts';
import { found } from '../row-of.ts';
import { analyses, imageStates, images } from '../schema/index.ts';
import { lockCaseOf, lockImageState, refreshCases } from './case-states.ts';
import { digestInService } from './models.ts';

type Enqueue = Pick<AnalysisQueue, 'enqueueAnalysis'>;

/** What a worker needs of a field; null when there is none of that id. */
export async function imageForAnalysis(
  db: Queryable,
  imageId: string,
): Promise<{
  imageId: string;
  caseId: string;
  blobSha256: string;
  status: 'queued' | 'analysed' | 'failed';
} | null> {
  const [row] = await db
    .select({
      imageId: images.id,
      caseId: images.caseId,
      blobSha256: images.blobSha256,
      status: imageStates.status,
    })
    .from(images)
    .innerJoin(imageStates, eq(imageStates.imageId, images.id))
    .where(eq(images.id, imageId));
  return row ?? null;
}

/** Marks a field that no retry will help; one already analysed or failed stays so. `code` is one of ERROR_CODES. */
export async function markFailed(db: Queryable, input: { imageId: string; code: string }): Promise<void> {
  const { imageId, code } = input;
  await db.transaction(async (tx) => {
    const caseId = found(await lockCaseOf(tx, imageId), 'image');
    const state = found(await lockImageState(tx, imageId), 'image');
    if (state.status !== 'queued') return;
    await tx
      .update(imageStates)
      .set({ status: 'failed', failureCode: code, updatedAt: sql`now()` })
      .where(eq(imageStates.imageId, imageId));
    await refreshCases(tx, [caseId]);
    const event = {
      actor: SYSTEM,
      action: 'analysis.fail',
      subjectKind: 'image',
      subjectId: imageId,
    } as const;
    await appendAudit(tx, { ...event, fields: ['status', 'failureCode'], reason: code });
    await notifyLive(tx, { kind: 'image', imageId, caseId });
  });
}

/** Whether the result in force is by a model that serves no more, and nobody has read the field. */
async function isOutdated(
  tx: Queryable,
  { status, analysisId, correctionId }: typeof imageStates.$inferSelect,
): Promise<boolean> {
  if (status !== 'analysed' || analysisId === null || correctionId !== null) return false;
  const [made] = await tx
    .select({ by: analyses.modelDigest })
    .from(analyses)
    .where(eq(analyses.id, analysisId));
  return made?.by !== (await digestInService(tx));
}

/**
 * Puts a field back into the queue: one that failed, or an unread one whose result is by a model that serves no more. That
 * result stays stored, and is no longer shown. CONFLICT for any other.
 */
export async function analyseAgain(
  db: Queryable,
  input: { actor: Actor; imageId: string; queue: Enqueue },
): Promise<void> {
  const { actor, imageId, queue } = input;
  await db.transaction(async (tx) => {
    // The model in service does not change meanwhile.
    await lockShared(tx, 'versions');
    const caseId = found(await lockCaseOf(tx, imageId), 'image');
    const state = found(await lockImageState(tx, imageId), 'image');
    if (state.status !== 'failed' && !(await isOutdated(tx, state)))
      throw new DomainError(
        'CONFLICT',
        'Only a field that failed, or an unread one that a model no longer in service has analysed, can be analysed again.',
      );
    await tx
      .update(imageStates)
      .set({
        ...{ status: 'queued', failureCode: null, updatedAt: sql`now()` },
        ...{ analysisId: null, decisionId: null },
      })
      .where(eq(imageStates.imageId, imageId));
    await refreshCases(tx, [caseId]);
    await queue.enqueueAnalysis(tx, imageId);
    const event = { actor, action: 'analysis.retry', subjectKind: 'image', subjectId: imageId } as const;
    await appendAudit(tx, { ...event, fields: ['status'] });
    await notifyLive(tx, { kind: 'image', imageId, caseId });
  });
}

/**
 * Enqueues every waiting field that has no job: after a restore, where jobs are not part of the backup, or where a
 * job has vanished. One whose tries are used up and who waits to be marked failed has one. Returns how many.
 */
export async function enqueueWaiting(db: Queryable, queue: Enqueue): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ image_id: string }>(sql`
      select image_id from image_states where status = 'queued' and not exists (
        select 1 from ${sql.raw(BOSS_SCHEMA)}.job where name in (${QUEUES.analyse}, ${QUEUES.analyseDead})
          and state in ('created', 'retry', 'active') and data ->> 'imageId' = image_states.image_id::text)
      order by image_id`);
    for (const { image_id } of rows) await queue.enqueueAnalysis(tx, image_id);
    return rows.length;
  });
}
