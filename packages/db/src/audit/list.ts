import { and, desc, eq, lt } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import type { AuditRow } from '../rows.ts';
import { auditEvents, auditSeals, users } from '../schema/index.ts';

/** Newest first; `before` is the `id` of the last row of the page before. */
export async function listAudit(
  db: Queryable,
  input: { before?: number; limit: number; action?: string; actorId?: string },
): Promise<AuditRow[]> {
  const { before, limit, action, actorId } = input;
  return db
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      actorId: auditEvents.actorId,
      actorName: users.name,
      actorRole: auditEvents.actorRole,
      action: auditEvents.action,
      subjectKind: auditEvents.subjectKind,
      subjectId: auditEvents.subjectId,
      fields: auditEvents.fields,
      reason: auditEvents.reason,
      seq: auditSeals.seq,
    })
    .from(auditEvents)
    .leftJoin(users, eq(users.id, auditEvents.actorId))
    .leftJoin(auditSeals, eq(auditSeals.eventId, auditEvents.id))
    .where(
      and(
        before === undefined ? undefined : lt(auditEvents.id, before),
        action === undefined ? undefined : eq(auditEvents.action, action),
        actorId === undefined ? undefined : eq(auditEvents.actorId, actorId),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(limit);
}
