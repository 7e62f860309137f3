import type { CorrectionInput } from '@blastwise/contracts';
import type { UserActor } from '../actor.ts';
import type { AuditKey } from '../audit/index.ts';
import type { Queryable } from '../client.ts';
import type { CorrectionRow } from '../rows.ts';
import { unbuilt } from '../unbuilt.ts';

/**
 * Records a reading. It supersedes the same reader's earlier one; other readers' stand beside it.
 * `seen` is the result that was on the reader's screen, null when none was (AI off, not analysed yet):
 * CONFLICT when the field's result has changed since.
 */
export async function recordCorrection(
  db: Queryable,
  input: {
    actor: UserActor;
    auditKey: AuditKey;
    imageId: string;
    seen: { analysisId: string; decisionId: string } | null;
    correction: CorrectionInput;
  },
): Promise<CorrectionRow> {
  return unbuilt(db, input);
}
