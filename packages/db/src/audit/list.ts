import type { Queryable } from '../client.ts';
import type { AuditRow } from '../rows.ts';
import { unbuilt } from '../unbuilt.ts';

/** Newest first; `before` is the `id` of the last row of the page before. */
export async function listAudit(
  db: Queryable,
  input: { before?: number; limit: number; action?: string; actorId?: string },
): Promise<AuditRow[]> {
  return unbuilt(db, input);
}
