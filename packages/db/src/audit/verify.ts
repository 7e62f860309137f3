import { z } from 'zod';
import type { Queryable } from '../client.ts';
import { unbuilt } from '../unbuilt.ts';
import type { AuditKey } from './key.ts';
import type { AuditHead } from './sealer.ts';

export const auditVerdictSchema = z.object({
  ok: z.boolean(),
  /** Sealed events found good before the first fault. */
  checked: z.int(),
  unsealed: z.int(),
  /** The first fault: one sentence, and the event (`audit_events.id`) and place in the chain it concerns. */
  fault: z
    .object({
      kind: z.enum(['row-changed', 'row-missing', 'tail-missing', 'head-forged', 'not-sealed']),
      eventId: z.int().nullable(),
      seq: z.int().nullable(),
      sentence: z.string(),
    })
    .nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;

/** R1: walks the chain and names the first fault. `anchor`: a head kept outside the database, at least to be reached. */
export async function verifyAudit(
  db: Queryable,
  key: AuditKey,
  options?: { anchor?: AuditHead; unsealedAfterMs?: number },
): Promise<AuditVerdict> {
  return unbuilt(db, key, options);
}
