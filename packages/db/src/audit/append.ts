import { DomainError } from '@blastwise/contracts';
import type { Actor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import { auditEvents } from '../schema/index.ts';
import { type AuditAction, REASONED_ACTIONS } from './actions.ts';

export type AuditSubject =
  | 'user'
  | 'session'
  | 'case'
  | 'image'
  | 'worklist'
  | 'costs'
  | 'model'
  | 'locked-test'
  | 'training'
  | 'settings'
  | 'alarm'
  | 'audit'
  | 'call'
  | 'backup';

export interface AuditEvent {
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly subjectKind: AuditSubject;
  readonly subjectId?: string | null;
  /** Names of the fields that changed, or that were read. */
  readonly fields?: readonly string[];
  /** BAD_INPUT when missing where R3 asks for one. Never patient data. */
  readonly reason?: string | null;
  /** Field name -> keyed digest of a patient field, by `fieldDigest`. */
  readonly digests?: Readonly<Record<string, string>>;
}

/** Appends one event; call it with the transaction of the change it tells of (R2). */
export async function appendAudit(tx: Queryable, event: AuditEvent): Promise<void> {
  const reason = event.reason?.trim() || null;
  if (reason === null && REASONED_ACTIONS.has(event.action)) {
    throw new DomainError('BAD_INPUT', 'Give a reason for this change.');
  }
  await tx.insert(auditEvents).values({
    actorId: event.actor.id,
    actorRole: event.actor.role,
    action: event.action,
    subjectKind: event.subjectKind,
    subjectId: event.subjectId ?? null,
    fields: [...(event.fields ?? [])],
    reason,
    digests: { ...event.digests },
  });
}
