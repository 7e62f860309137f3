import { DomainError, trainingOptionsSchema } from '@blastwise/contracts';
import { desc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import type { AnalysisQueue } from '../jobs/index.ts';
import { notifyLive } from '../live/index.ts';
import { found, oneRow } from '../row-of.ts';
import type { TrainingRow } from '../rows.ts';
import { costMatrices, trainings, users } from '../schema/index.ts';
import { activeCosts } from './cost-matrices.ts';
import { modelInService } from './models.ts';
import { registeredFolder } from './registered-folders.ts';
import { trainingBase } from './training-base.ts';
import { settledFields, settledFieldsWithMasks, trainingManifestDigest } from './training-fields.ts';

type Enqueue = Pick<AnalysisQueue, 'enqueueTraining'>;

const ACTIVE = ['queued', 'running'] as const;

const UNDER_WAY = 'A training is under way already: wait until it has ended, or cancel it.';

/** Without the manifest, which may be long. */
const { manifest: _manifest, ...COLUMNS } = getTableColumns(trainings);

async function select(db: Queryable, where: SQL | undefined, limit: number): Promise<TrainingRow[]> {
  const rows = await db
    .select({
      training: COLUMNS,
      fields: sql<number>`jsonb_array_length(${trainings.manifest})`,
      requestedBy: { id: users.id, name: users.name },
      costMatrixVersion: costMatrices.version,
    })
    .from(trainings)
    .innerJoin(costMatrices, eq(costMatrices.id, trainings.costMatrixId))
    .leftJoin(users, eq(users.id, trainings.requestedBy))
    .where(where)
    .orderBy(desc(trainings.requestedAt), desc(trainings.id))
    .limit(limit);
  return rows.map(({ training, ...joined }) => ({ ...training, ...joined }));
}

/** Newest first. */
export async function listTrainings(db: Queryable, limit = 50): Promise<TrainingRow[]> {
  return select(db, undefined, limit);
}

export async function findTraining(db: Queryable, id: string): Promise<TrainingRow | null> {
  const [row] = await select(db, eq(trainings.id, id), 1);
  return row ?? null;
}

/**
 * Asks for a training of the model in service (see `trainingBase`) from every field that is settled now, under the costs in
 * force, and queues it. CONFLICT while another one is under way, where there is no model or no settled field, and, of a network, where
 * no service has the model's data folder; BAD_INPUT for options out of range.
 */
export async function requestTraining(
  db: Queryable,
  input: { actor: Actor; reason: string; options: z.input<typeof trainingOptionsSchema>; queue: Enqueue },
): Promise<TrainingRow> {
  const { actor, reason, queue } = input;
  const options = trainingOptionsSchema.safeParse(input.options);
  if (!options.success)
    throw new DomainError('BAD_INPUT', options.error.issues[0]?.message ?? 'The options are not valid.');
  return db.transaction(async (tx) => {
    const serving = await modelInService(tx);
    if (!serving) throw new DomainError('CONFLICT', 'No model is in service, so there is none to retrain.');
    const isNetwork = options.data.kind === 'network';
    const folderFields = isNetwork ? await folderFieldsOf(tx, serving.digest) : null;
    const manifest = isNetwork ? await settledFieldsWithMasks(tx) : await settledFields(tx);
    if (manifest.length === 0)
      throw new DomainError(
        'CONFLICT',
        'No field is settled as one of the four stages yet, so there is nothing to learn from.',
      );
    const { model: base, passedOver } = await trainingBase(tx, serving, manifest);
    const { id: costMatrixId } = await activeCosts(tx);
    const values = {
      requestedBy: actor.id,
      reason,
      ...options.data,
      folderFields,
      baseDigest: base.digest,
      passedOver,
      costMatrixId,
      manifest,
      manifestSha256: trainingManifestDigest(manifest),
    };
    const [made] = await tx
      .insert(trainings)
      .values(values)
      .onConflictDoNothing()
      .returning({ id: trainings.id });
    if (!made) throw new DomainError('CONFLICT', UNDER_WAY);
    await queue.enqueueTraining(tx, made.id);
    const event = { actor, action: 'training.request', subjectKind: 'training', subjectId: made.id } as const;
    await appendAudit(tx, { ...event, fields: ['options', 'base', 'manifest'], reason });
    await notifyLive(tx, { kind: 'trainings' });
    return found(await findTraining(tx, made.id), 'training');
  });
}

/** How many fields of its own a network would be trained from. */
async function folderFieldsOf(tx: Queryable, baseDigest: string): Promise<number> {
  const folder = await registeredFolder(tx, baseDigest);
  if (folder?.problem) throw new DomainError('CONFLICT', folder.problem);
  if (folder) return folder.fields;
  throw new DomainError(
    'CONFLICT',
    'No inference service has a data folder: start it with BLASTWISE_DATA_FOLDER, or train the head alone.',
  );
}

async function lockTraining(tx: Queryable, id: string): Promise<TrainingRow['state']> {
  const [row] = await tx
    .select({ state: trainings.state })
    .from(trainings)
    .where(eq(trainings.id, id))
    .for('update');
  return found(row, 'training').state;
}

/** Ends a training that waits, or one that runs at its next epoch. CONFLICT where it has ended. */
export async function cancelTraining(
  db: Queryable,
  input: { actor: Actor; id: string },
): Promise<TrainingRow> {
  const { actor, id } = input;
  return db.transaction(async (tx) => {
    const state = await lockTraining(tx, id);
    if (state !== 'queued' && state !== 'running')
      throw new DomainError('CONFLICT', `The training is ${state} by now.`);
    await tx.update(trainings).set({ state: 'cancelled', endedAt: sql`now()` }).where(eq(trainings.id, id));
    const event = { actor, action: 'training.cancel', subjectKind: 'training', subjectId: id } as const;
    await appendAudit(tx, { ...event, fields: ['state'] });
    await notifyLive(tx, { kind: 'trainings' });
    return found(await findTraining(tx, id), 'training');
  });
}

/**
 * Queues a training again that failed or was cancelled: the same fields, options and base, from its last checkpoint
 * where that is still there. CONFLICT in any other state, and while another one is under way.
 */
export async function resumeTraining(
  db: Queryable,
  input: { actor: Actor; id: string; queue: Enqueue },
): Promise<TrainingRow> {
  const { actor, id, queue } = input;
  return db.transaction(async (tx) => {
    const state = await lockTraining(tx, id);
    if (state !== 'failed' && state !== 'cancelled')
      throw new DomainError(
        'CONFLICT',
        `The training is ${state}; only one that failed or was cancelled goes on.`,
      );
    const [other] = await tx
      .select({ id: trainings.id })
      .from(trainings)
      .where(inArray(trainings.state, ACTIVE));
    if (other) throw new DomainError('CONFLICT', UNDER_WAY);
    await tx
      .update(trainings)
      .set({ state: 'queued', endedAt: null, failure: null, startedAt: null })
      .where(eq(trainings.id, id));
    await queue.enqueueTraining(tx, id);
    const event = { actor, action: 'training.resume', subjectKind: 'training', subjectId: id } as const;
    await appendAudit(tx, { ...event, fields: ['state'] });
    await notifyLive(tx, { kind: 'trainings' });
    return oneRow(await select(tx, eq(trainings.id, id), 1));
  });
}
