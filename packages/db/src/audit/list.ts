import { and, desc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import type { AuditRow } from '../rows.ts';
import { auditEvents, auditSeals, users } from '../schema/index.ts';

export interface AuditQuery {
  readonly limit: number;
  /** The `id` of the last row of the page before. */
  readonly beforeId?: number | undefined;
  /** An action, or how it begins. */
  readonly action?: string | undefined;
  /** Null: whatever no user did. */
  readonly actorId?: string | null | undefined;
  readonly since?: Date | undefined;
  /** The first instant that no longer counts. */
  readonly before?: Date | undefined;
}

/** Newest first. */
export async function listAudit(db: Queryable, query: AuditQuery): Promise<AuditRow[]> {
  const { limit, beforeId, action, actorId, since, before } = query;
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
        beforeId === undefined ? undefined : lt(auditEvents.id, beforeId),
        action === undefined ? undefined : sql`starts_with(${auditEvents.action}, ${action})`,
        actorId === undefined
          ? undefined
          : actorId === null
            ? isNull(auditEvents.actorId)
            : eq(auditEvents.actorId, actorId),
        since === undefined ? undefined : gte(auditEvents.at, since),
        before === undefined ? undefined : lt(auditEvents.at, before),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(limit);
}
