import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { analyses, corrections, decisions, images } from '../schema/index.ts';

/** What a model said of the fields of some cases, as far as drift is watched in it. */
async function answers(db: Queryable, { digest, caseIds }: { digest: string; caseIds: readonly string[] }) {
  return db
    .select({
      imageId: images.id,
      caseId: images.caseId,
      background: analyses.background,
      cells: analyses.cells,
      scale: analyses.scale,
      outOfDistribution: analyses.outOfDistribution,
      predictionSet: analyses.predictionSet,
      assessable: analyses.assessable,
      reasons: analyses.reasons,
      stage: analyses.stage,
      probabilities: analyses.probabilities,
    })
    .from(analyses)
    .innerJoin(images, eq(images.id, analyses.imageId))
    .where(and(eq(analyses.modelDigest, digest), inArray(images.caseId, [...caseIds])))
    .orderBy(asc(images.caseId), asc(images.position));
}

/** Whether the first reader who saw a decision of the model, and not a deferral, gave another answer; by field. */
async function corrected(db: Queryable, digest: string, imageIds: readonly string[]) {
  const rows = await db
    .selectDistinctOn([corrections.imageId], {
      imageId: corrections.imageId,
      read: corrections.stage,
      decided: decisions.stage,
    })
    .from(corrections)
    .innerJoin(decisions, eq(decisions.id, corrections.decisionId))
    .innerJoin(analyses, eq(analyses.id, decisions.analysisId))
    .where(
      and(
        inArray(corrections.imageId, [...imageIds]),
        isNotNull(corrections.decisionId),
        eq(decisions.defer, false),
        eq(analyses.modelDigest, digest),
      ),
    )
    .orderBy(corrections.imageId, asc(corrections.createdAt), asc(corrections.id));
  return new Map(rows.map(({ imageId, read, decided }) => [imageId, read !== decided]));
}

export type WatchedRow = Awaited<ReturnType<typeof answers>>[number] & {
  /** Null: nobody who saw an answer has read the field. */
  readonly corrected: boolean | null;
};

/** Every field of the cases that the model has analysed, case by case in their order. */
export async function watchedFields(
  db: Queryable,
  input: { digest: string; caseIds: readonly string[] },
): Promise<WatchedRow[][]> {
  const fields = await answers(db, input);
  const read = await corrected(
    db,
    input.digest,
    fields.map(({ imageId }) => imageId),
  );
  const byCase = Map.groupBy(fields, ({ caseId }) => caseId);
  return input.caseIds.map((caseId) =>
    (byCase.get(caseId) ?? []).map((field) => ({ ...field, corrected: read.get(field.imageId) ?? null })),
  );
}
