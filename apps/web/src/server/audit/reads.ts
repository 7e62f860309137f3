import { appendAudit, type Queryable } from '@blastwise/db';
import type { ActiveSession } from '../auth/session.ts';
import { actorOf } from '../auth/session.ts';

const QUIET_MS = 5 * 60_000;
const LARGEST = 10_000;

export interface PatientRead {
  kind: 'worklist' | 'case' | 'image';
  id: string | null;
  /** What was shown, by name. */
  fields: readonly string[];
}

/**
 * Records who read which patient's data (R18). A page that refreshes itself would fill the trail, so the same
 * reading in the same session counts once in five minutes.
 */
export class ReadRecorder {
  readonly #lastRecorded = new Map<string, number>();

  async record(db: Queryable, session: ActiveSession, read: PatientRead, now = Date.now()): Promise<void> {
    const key = [session.id, read.kind, read.id, ...read.fields].join(' ');
    const last = this.#lastRecorded.get(key);
    if (last !== undefined && now - last < QUIET_MS) return;
    await appendAudit(db, {
      actor: actorOf(session),
      action: 'patient.read',
      subjectKind: read.kind,
      subjectId: read.id,
      fields: read.fields,
    });
    if (this.#lastRecorded.size >= LARGEST) this.#lastRecorded.clear();
    this.#lastRecorded.set(key, now);
  }
}
