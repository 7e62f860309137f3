import type { Analysis, CostMatrix, Decision } from '@blastwise/contracts';
import type { Actor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import type { AnalysisQueue } from '../jobs/index.ts';
import { unbuilt } from '../unbuilt.ts';

/** Minimum-risk decision; the caller brings it (`@blastwise/model/decision`), this package does no arithmetic of costs. */
export type Decide = (
  analysis: Pick<Analysis, 'probabilities' | 'assessable' | 'reasons'>,
  costs: CostMatrix,
) => Decision;

export type StoreResult =
  | {
      readonly outcome: 'stored' | 'already-stored';
      readonly analysisId: string;
      readonly decisionId: string;
    }
  /** Another model is in service by now: nothing was stored, predict again with it. */
  | { readonly outcome: 'stale-model'; readonly inService: string | null };

/** What a worker needs of a field; null when there is none of that id. */
export async function imageForAnalysis(
  db: Queryable,
  imageId: string,
): Promise<{
  imageId: string;
  caseId: string;
  blobSha256: string;
  status: 'queued' | 'analysed' | 'failed';
} | null> {
  return unbuilt(db, imageId);
}

/**
 * Stores one network result with its decision under the active matrix, the field's state, the audit row and the
 * notice to listeners in one transaction. Run again for the same field and model it changes nothing and returns
 * the first result (R23). The mask blob must be stored before.
 */
export async function storeAnalysis(
  db: Queryable,
  input: { imageId: string; analysis: Analysis; maskSha256: string; durationMs: number; decide: Decide },
): Promise<StoreResult> {
  return unbuilt(db, input);
}

/** Marks a field that no retry will help; one already analysed stays so. `code` is one of ERROR_CODES. */
export async function markFailed(db: Queryable, input: { imageId: string; code: string }): Promise<void> {
  return unbuilt(db, input);
}

/** Puts a failed field back into the queue. CONFLICT when it has not failed. */
export async function retryFailed(
  db: Queryable,
  input: { actor: Actor; imageId: string; queue: AnalysisQueue },
): Promise<void> {
  return unbuilt(db, input);
}
