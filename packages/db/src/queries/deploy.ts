import { isNull, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { AuditAction } from '../audit/actions.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { modelDeployments } from '../schema/index.ts';

interface Deployment {
  readonly actor: Actor;
  readonly digest: string;
  readonly reason: string;
  readonly action: Extract<AuditAction, 'model.deploy' | 'model.promote' | 'model.roll-back'>;
}

/**
 * Ends the service of the model before and begins that of another. The caller holds the versions' lock alone; the time is
 * that of now and not of the transaction's begin, since when results of the model before may have been stored.
 */
export async function deploy(tx: Queryable, { actor, digest, reason, action }: Deployment): Promise<void> {
  await tx
    .update(modelDeployments)
    .set({ endedAt: sql`clock_timestamp()` })
    .where(isNull(modelDeployments.endedAt));
  await tx.insert(modelDeployments).values({
    modelDigest: digest,
    startedAt: sql`clock_timestamp()`,
    startedBy: actor.id,
    reason,
  });
  const event = { actor, action, subjectKind: 'model', subjectId: digest } as const;
  await appendAudit(tx, { ...event, fields: ['inService'], reason });
  await notifyLive(tx, { kind: 'models' });
}
