import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import type { CostMatrixRow } from '../rows.ts';
import { analyses, cases, decisions, imageStates, images } from '../schema/index.ts';
import { uuidv7 } from '../uuid.ts';
import { lockCases, refreshCases } from './case-states.ts';
import { type Decide, decisionValues } from './decide.ts';
import { patientOfCase } from './patients.ts';

/** What a decision is made from. */
export const ANALYSIS = {
  probabilities: analyses.probabilities,
  assessable: analyses.assessable,
  reasons: analyses.reasons,
  predictionSet: analyses.predictionSet,
  outOfDistribution: analyses.outOfDistribution,
};

/** Fields decided anew at once: bounds memory and the size of a statement. */
const BATCH = 500;

/**
 * Analysed fields whose truth is still to be found: unread, waiting for a second reader, or disputed. Whoever reads them next
 * sees the decision under the matrix in force; a reading keeps the decision that its own reader saw.
 */
const UNSETTLED = and(
  eq(imageStates.status, 'analysed'),
  sql`${imageStates.adjudication} is distinct from 'adjudicated'`,
);

/** One unsettled field, with its analysis and the decision in force. */
export interface UnsettledAnalysis {
  readonly imageId: string;
  readonly caseId: string;
  /** Named by the patient's first case. */
  readonly patient: string;
  readonly analysis: Parameters<Decide>[0];
  readonly decision: { stage: ReturnType<Decide>['stage']; defer: boolean; expectedCost: number };
}

/** For a preview: unsettled fields, newest first; none of a case in blind review. */
export async function unsettledAnalyses(
  db: Queryable,
  input: { limit: number },
): Promise<UnsettledAnalysis[]> {
  return db
    .select({
      imageId: images.id,
      caseId: images.caseId,
      patient: patientOfCase,
      analysis: ANALYSIS,
      decision: { stage: decisions.stage, defer: decisions.defer, expectedCost: decisions.expectedCost },
    })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .innerJoin(cases, eq(cases.id, images.caseId))
    .innerJoin(analyses, eq(analyses.id, imageStates.analysisId))
    .innerJoin(decisions, eq(decisions.id, imageStates.decisionId))
    .where(and(UNSETTLED, eq(cases.blindReview, false)))
    .orderBy(desc(images.createdAt), desc(images.id))
    .limit(input.limit);
}

/** How many fields an activation would decide anew: those that a preview may show, and those in blind review. */
export async function countUnsettled(db: Queryable): Promise<{ shown: number; blind: number }> {
  const counted = (where: SQL) => sql<number>`count(*) filter (where ${where})`.mapWith(Number);
  const [counts] = await db
    .select({ shown: counted(sql`not ${cases.blindReview}`), blind: counted(sql`${cases.blindReview}`) })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .innerJoin(cases, eq(cases.id, images.caseId))
    .where(UNSETTLED);
  return counts ?? { shown: 0, blind: 0 };
}

async function redecideBatch(
  tx: Queryable,
  imageIds: string[],
  matrix: CostMatrixRow,
  decide: Decide,
): Promise<number> {
  // Locked and looked at again: one that was settled meanwhile keeps its decision.
  const fields = await tx
    .select({ imageId: imageStates.imageId, analysisId: analyses.id, analysis: ANALYSIS })
    .from(imageStates)
    .innerJoin(analyses, eq(analyses.id, imageStates.analysisId))
    .where(and(inArray(imageStates.imageId, imageIds), UNSETTLED))
    .orderBy(imageStates.imageId)
    .for('update', { of: imageStates });
  if (fields.length === 0) return 0;
  const rows = fields.map(({ imageId, analysisId, analysis }) => ({
    imageId,
    decision: { id: uuidv7(), ...decisionValues(decide(analysis, matrix.costs), analysisId, matrix.id) },
  }));
  await tx.insert(decisions).values(rows.map(({ decision }) => decision));
  const pairs = sql.join(
    rows.map(({ imageId, decision }) => sql`(${imageId}::uuid, ${decision.id}::uuid)`),
    sql`, `,
  );
  await tx.execute(sql`update image_states set decision_id = new.decision_id, updated_at = now()
    from (values ${pairs}) as new (image_id, decision_id) where image_states.image_id = new.image_id`);
  return fields.length;
}

/** Decides every unsettled field anew under a version; returns how many. The caller holds the versions' lock. */
export async function redecide(tx: Queryable, matrix: CostMatrixRow, decide: Decide): Promise<number> {
  const waiting = await tx
    .select({ imageId: imageStates.imageId, caseId: images.caseId })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .where(UNSETTLED)
    .orderBy(images.caseId);
  let redecided = 0;
  for (let at = 0; at < waiting.length; at += BATCH) {
    const batch = waiting.slice(at, at + BATCH);
    const caseIds = [...new Set(batch.map(({ caseId }) => caseId))];
    await lockCases(tx, caseIds);
    redecided += await redecideBatch(
      tx,
      batch.map(({ imageId }) => imageId),
      matrix,
      decide,
    );
    await refreshCases(tx, caseIds);
  }
  return redecided;
}
