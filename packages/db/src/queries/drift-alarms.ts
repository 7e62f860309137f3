import { DomainError, type DriftQuantity } from '@blastwise/contracts';
import { desc, eq, isNull, sql } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { found } from '../row-of.ts';
import { driftAlarms, driftWindows, modelVersions, users } from '../schema/index.ts';

export interface DriftAlarm {
  readonly id: string;
  readonly quantity: DriftQuantity;
  readonly value: number;
  readonly threshold: number;
  readonly model: { readonly digest: string; readonly name: string };
  /** Number of the window that raised it. */
  readonly window: number;
  readonly openedAt: Date;
  /** Null: open. */
  readonly acknowledged: {
    readonly at: Date;
    readonly by: { readonly id: string; readonly name: string };
    readonly reason: string;
  } | null;
}

/** Open ones first, then the latest. */
export async function listDriftAlarms(db: Queryable, input: { limit: number }): Promise<DriftAlarm[]> {
  const rows = await db
    .select({
      alarm: driftAlarms,
      model: { digest: modelVersions.digest, name: modelVersions.name },
      window: driftWindows.number,
      by: { id: users.id, name: users.name },
    })
    .from(driftAlarms)
    .innerJoin(modelVersions, eq(modelVersions.digest, driftAlarms.modelDigest))
    .innerJoin(driftWindows, eq(driftWindows.id, driftAlarms.windowId))
    .leftJoin(users, eq(users.id, driftAlarms.acknowledgedBy))
    .orderBy(sql`${driftAlarms.acknowledgedAt} is not null`, desc(driftAlarms.openedAt), driftAlarms.id)
    .limit(input.limit);
  return rows.map(({ alarm, model, window, by }) => {
    const { id, quantity, value, threshold, openedAt, acknowledgedAt: at, reason } = alarm;
    const acknowledged = at && by && reason !== null ? { at, by, reason } : null;
    return { id, quantity, value, threshold, model, window, openedAt, acknowledged };
  });
}

export async function countOpenAlarms(db: Queryable): Promise<number> {
  return db.$count(driftAlarms, isNull(driftAlarms.acknowledgedAt));
}

/** Says what was made of an alarm, and closes it. The next window that drifts opens another. CONFLICT when it is closed. */
export async function acknowledgeDriftAlarm(
  db: Queryable,
  input: { actor: UserActor; id: string; reason: string },
): Promise<void> {
  const { actor, id, reason } = input;
  await db.transaction(async (tx) => {
    const [alarm] = await tx.select().from(driftAlarms).where(eq(driftAlarms.id, id)).for('update');
    if (found(alarm, 'alarm').acknowledgedAt) {
      throw new DomainError('CONFLICT', 'This alarm has been acknowledged already.');
    }
    await tx
      .update(driftAlarms)
      .set({ acknowledgedAt: sql`now()`, acknowledgedBy: actor.id, reason })
      .where(eq(driftAlarms.id, id));
    await appendAudit(tx, {
      actor,
      action: 'drift.acknowledge',
      subjectKind: 'alarm',
      subjectId: id,
      fields: ['acknowledged'],
      reason,
    });
    await notifyLive(tx, { kind: 'drift' });
  });
}
