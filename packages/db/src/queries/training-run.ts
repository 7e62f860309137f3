import {
  QUEUES,
  type TrainingManifest,
  type TrainingOutcome,
  type TrainingProgress,
  trainingManifestSchema,
  trainingOutcomeSchema,
  trainingProgressSchema,
} from '@blastwise/contracts';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import type { AnalysisQueue } from '../jobs/index.ts';
import { BOSS_SCHEMA } from '../jobs/policy.ts';
import { notifyLive } from '../live/index.ts';
import { found } from '../row-of.ts';
import type { TrainingRow } from '../rows.ts';
import { trainings } from '../schema/index.ts';
import { registerModel } from './models.ts';
import { findTraining } from './trainings.ts';

/** A training as one worker holds it; another one that takes it up has a higher attempt. */
export interface HeldTraining {
  readonly id: string;
  readonly attempt: number;
}

/** Still this worker's to speak of: neither cancelled nor taken up by another. */
const held = ({ id, attempt }: HeldTraining): SQL | undefined =>
  and(eq(trainings.id, id), eq(trainings.state, 'running'), eq(trainings.attempt, attempt));

export interface ClaimedTraining extends TrainingRow {
  readonly manifest: TrainingManifest;
}

/** Takes up a training that waits, or that another worker has left; null where it has ended. */
export async function claimTraining(db: Queryable, id: string): Promise<ClaimedTraining | null> {
  return db.transaction(async (tx) => {
    const [claimed] = await tx
      .update(trainings)
      .set({
        state: 'running',
        attempt: sql`${trainings.attempt} + 1`,
        startedAt: sql`coalesce(${trainings.startedAt}, now())`,
      })
      .where(and(eq(trainings.id, id), inArray(trainings.state, ['queued', 'running'])))
      .returning({ manifest: trainings.manifest });
    if (!claimed) return null;
    await notifyLive(tx, { kind: 'trainings' });
    const row = found(await findTraining(tx, id), 'training');
    return { ...row, manifest: trainingManifestSchema.parse(claimed.manifest) };
  });
}

/** Notes how far the training is. False: it is no longer this worker's, who stops. */
export async function noteTrainingProgress(
  db: Queryable,
  training: HeldTraining,
  progress: TrainingProgress,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const noted = await tx
      .update(trainings)
      .set({ progress: trainingProgressSchema.parse(progress) })
      .where(held(training))
      .returning({ id: trainings.id });
    if (noted.length > 0) await notifyLive(tx, { kind: 'trainings' });
    return noted.length > 0;
  });
}

type ModelToRegister = Omit<Parameters<typeof registerModel>[1], 'actor' | 'reason' | 'trainedBy'>;

/**
 * Makes the result known as a model version, which does not put it into service, and ends the training, both or none.
 * False: it is no longer this worker's, and nothing was changed.
 */
export async function finishTraining(
  db: Queryable,
  training: HeldTraining,
  result: { model: ModelToRegister; outcome: TrainingOutcome },
): Promise<boolean> {
  const { model } = result;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ requestedBy: trainings.requestedBy })
      .from(trainings)
      .where(held(training))
      .for('update');
    if (!row) return false;
    const reason = `Result of the training ${training.id}.`;
    await registerModel(tx, { actor: SYSTEM, trainedBy: row.requestedBy, reason, ...model });
    await tx
      .update(trainings)
      .set({
        state: 'finished',
        endedAt: sql`now()`,
        resultDigest: model.digest,
        outcome: trainingOutcomeSchema.parse(result.outcome),
      })
      .where(eq(trainings.id, training.id));
    const event = { actor: SYSTEM, action: 'training.finish', subjectKind: 'training' } as const;
    await appendAudit(tx, { ...event, subjectId: training.id, fields: ['state', 'result', 'outcome'] });
    await notifyLive(tx, { kind: 'trainings' });
    return true;
  });
}

/**
 * Ends an active training with why, one sentence without patient data; one that has ended stays so. Given an attempt,
 * only where that is still the latest.
 */
export async function failTraining(
  db: Queryable,
  { id, attempt, failure }: { id: string; attempt?: number; failure: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const failed = await tx
      .update(trainings)
      .set({ state: 'failed', endedAt: sql`now()`, failure })
      .where(
        and(
          eq(trainings.id, id),
          inArray(trainings.state, ['queued', 'running']),
          attempt === undefined ? undefined : eq(trainings.attempt, attempt),
        ),
      )
      .returning({ id: trainings.id });
    if (failed.length === 0) return;
    const event = { actor: SYSTEM, action: 'training.fail', subjectKind: 'training', subjectId: id } as const;
    await appendAudit(tx, { ...event, fields: ['state', 'failure'], reason: failure });
    await notifyLive(tx, { kind: 'trainings' });
  });
}

/** Enqueues the active training where it has no job: after a restore, or where its job has vanished. Returns whether. */
export async function enqueueWaitingTraining(
  db: Queryable,
  queue: Pick<AnalysisQueue, 'enqueueTraining'>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select id from trainings where state in ('queued', 'running') and not exists (
        select 1 from ${sql.raw(BOSS_SCHEMA)}.job where name in (${QUEUES.train}, ${QUEUES.trainDead})
          and state in ('created', 'retry', 'active') and data ->> 'trainingId' = trainings.id::text)`);
    for (const { id } of rows) await queue.enqueueTraining(tx, id);
    return rows.length > 0;
  });
}
