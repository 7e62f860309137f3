import { type AuditRow, appendAudit, listAudit as listRows, verifyAudit } from '@blastwise/db';
import type { z } from 'zod';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso } from '../shared/schemas.ts';
import type { AuditEvent, AuditPage, AuditVerification, listAuditInput } from './schemas.ts';

const toEvent = (row: AuditRow): AuditEvent => ({
  id: row.id,
  at: iso(row.at),
  actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? 'unknown' },
  actorRole: row.actorRole,
  action: row.action,
  subjectKind: row.subjectKind,
  subjectId: row.subjectId,
  fields: row.fields,
  reason: row.reason,
  seq: row.seq,
});

/** Newest first; the cursor is the id of the last event of the page before. */
export async function listAudit(
  services: Services,
  { cursor, limit, since, before, ...filter }: z.output<typeof listAuditInput>,
): Promise<AuditPage> {
  const rows = await listRows(services.db, {
    limit: limit + 1,
    ...filter,
    ...(cursor ? { beforeId: Number(cursor) } : {}),
    ...(since ? { since: new Date(since) } : {}),
    ...(before ? { before: new Date(before) } : {}),
  });
  const events = rows.slice(0, limit).map(toEvent);
  return { events, nextCursor: rows.length > limit ? (events.at(-1)?.id.toString() ?? null) : null };
}

/** Walks the whole chain and records that it was asked for. */
export async function verifyTrail(services: Services, session: ActiveSession): Promise<AuditVerification> {
  const anchor = await services.auditAnchor?.read();
  const verdict = await verifyAudit(services.db, services.auditKey, { anchor });
  await appendAudit(services.db, {
    actor: actorOf(session),
    action: 'audit.verify',
    subjectKind: 'audit',
    reason: verdict.fault?.sentence ?? null,
  });
  return { ...verdict, verifiedAt: iso(new Date()) };
}
