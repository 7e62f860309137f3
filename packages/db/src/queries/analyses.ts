import { type Analysis, type StageRecord, toStageVector } from '@blastwise/contracts';
import { and, eq, sql } from 'drizzle-orm';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { lockShared } from '../locks.ts';
import { found, oneRow } from '../row-of.ts';
import { analyses, decisions, imageStates } from '../schema/index.ts';
import { lockCaseOf, lockImageState, refreshCases } from './case-states.ts';
import { activeCosts } from './cost-matrices.ts';
import { type Decide, decisionValues } from './decide.ts';
import { digestInService } from './models.ts';

export type StoreResult =
  | {
      readonly outcome: 'stored' | 'already-stored';
      readonly analysisId: string;
      readonly decisionId: string;
    }
  /** Another model is in service by now: nothing was stored, predict again with it. */
  | { readonly outcome: 'stale-model'; readonly inService: string | null };

export interface NewAnalysis {
  readonly imageId: string;
  readonly analysis: Analysis;
  readonly maskSha256: string;
  readonly nucleusSha256?: string | null;
  /** Blobs of each stage's Grad-CAM. */
  readonly heatmaps?: StageRecord<string> | null;
  readonly durationMs: number;
  readonly decide: Decide;
}

function analysisValues({ imageId, analysis, durationMs, maskSha256, ...blobs }: NewAnalysis) {
  const { nucleusSha256 = null, heatmaps = null } = blobs;
  const { versions, ...result } = analysis;
  const [first = 0, second = 0] = toStageVector(result.probabilities).toSorted((a, b) => b - a);
  const margin = Math.min(1, first - second);
  return {
    ...result,
    ...versions,
    imageId,
    maskSha256,
    nucleusSha256,
    heatmaps,
    durationMs: Math.round(durationMs),
    margin,
  };
}

/** The result stored before for this field and model, with the decision in force or the newest one. */
async function storedBefore(tx: Queryable, imageId: string, modelDigest: string) {
  const [row] = await tx
    .select({ analysisId: analyses.id, decisionId: decisions.id })
    .from(analyses)
    .innerJoin(decisions, eq(decisions.analysisId, analyses.id))
    .leftJoin(imageStates, eq(imageStates.decisionId, decisions.id))
    .where(and(eq(analyses.imageId, imageId), eq(analyses.modelDigest, modelDigest)))
    .orderBy(sql`${imageStates.imageId} is null`, sql`${decisions.createdAt} desc`)
    .limit(1);
  return row ?? null;
}

/** The decision on an analysis under a matrix, taken now where there is none. */
async function decisionUnder(tx: Queryable, decision: ReturnType<typeof decisionValues>): Promise<string> {
  const { analysisId, costMatrixId } = decision;
  const [taken] = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.analysisId, analysisId), eq(decisions.costMatrixId, costMatrixId)));
  return (taken ?? oneRow(await tx.insert(decisions).values(decision).returning({ id: decisions.id }))).id;
}

/**
 * Stores one network result with its decision under the active matrix, the field's state, the audit row and the
 * notice to listeners in one transaction. Run again for the same field and model it changes nothing and returns
 * the first result (R23); where the field waits to be analysed again, that first result is in force anew. The blobs must
 * be stored before.
 */
export async function storeAnalysis(db: Queryable, input: NewAnalysis): Promise<StoreResult> {
  const { imageId, analysis, decide } = input;
  return db.transaction(async (tx): Promise<StoreResult> => {
    // Neither the matrix in force nor the model in service changes while this result is being stored.
    await lockShared(tx, 'versions');
    const caseId = found(await lockCaseOf(tx, imageId), 'image');
    const state = found(await lockImageState(tx, imageId), 'image');
    const before = await storedBefore(tx, imageId, analysis.versions.modelDigest);
    if (before && state.status !== 'queued') return { outcome: 'already-stored', ...before };
    const inService = await digestInService(tx);
    if (inService !== analysis.versions.modelDigest) return { outcome: 'stale-model', inService };

    const costs = await activeCosts(tx);
    const analysisId =
      before?.analysisId ??
      oneRow(await tx.insert(analyses).values(analysisValues(input)).returning({ id: analyses.id })).id;
    const decision = decisionValues(decide(analysis, costs.costs), analysisId, costs.id);
    const decisionId = await decisionUnder(tx, decision);
    // A field read already keeps the result that was read.
    if (state.correctionId === null || state.analysisId === null) {
      await tx
        .update(imageStates)
        .set({ status: 'analysed', failureCode: null, analysisId, decisionId, updatedAt: sql`now()` })
        .where(eq(imageStates.imageId, imageId));
      await refreshCases(tx, [caseId]);
    }
    const fields = ['analysis', 'decision', 'status'];
    const event = {
      actor: SYSTEM,
      action: 'analysis.store',
      subjectKind: 'image',
      subjectId: imageId,
    } as const;
    await appendAudit(tx, { ...event, fields });
    await notifyLive(tx, { kind: 'image', imageId, caseId });
    return { outcome: 'stored', analysisId, decisionId };
  });
}
