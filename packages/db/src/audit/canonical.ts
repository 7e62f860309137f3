import type { auditEvents } from '../schema/index.ts';
import { type AuditKey, hmac } from './key.ts';

type EventRow = typeof auditEvents.$inferSelect;

/** What the first event is chained to. */
export const GENESIS = '0'.repeat(64);

/**
 * One event as text, the same for ever: a JSON array of seq, id, time (ISO 8601, UTC, milliseconds), actor id, actor
 * role, action, subject kind, subject id, fields, reason, and the digests as [name, digest] pairs in order of name.
 */
export function canonicalEvent(seq: number, event: EventRow): string {
  const digests = Object.entries(event.digests).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    seq,
    event.id,
    event.at.toISOString(),
    event.actorId,
    event.actorRole,
    event.action,
    event.subjectKind,
    event.subjectId,
    event.fields,
    event.reason,
    digests,
  ]);
}

/** HMAC-SHA256 over the hash before, a line feed and the event: nobody without the key can make a next link. */
export const linkHash = (key: AuditKey, before: string, seq: number, event: EventRow): string =>
  hmac(key.chain, `${before}\n${canonicalEvent(seq, event)}`);

/** Signature over count, last hash and time of the head. */
export const headSignature = (key: AuditKey, count: number, hash: string, signedAt: Date): string =>
  hmac(key.head, JSON.stringify([count, hash, signedAt.toISOString()]));
