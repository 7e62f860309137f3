import type { Actor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import { unbuilt } from '../unbuilt.ts';
import type { AuditAction } from './actions.ts';

export interface AuditEvent {
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly subjectKind:
    | 'user'
    | 'session'
    | 'case'
    | 'image'
    | 'costs'
    | 'model'
    | 'settings'
    | 'audit'
    | 'call'
    | 'backup';
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
  return unbuilt(tx, event);
}
