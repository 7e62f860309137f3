import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { analyses, cases, decisions, images } from '../schema/index.ts';
import { firstReadings } from './first-readings.ts';
import { patientOfCase } from './patients.ts';

/** What a model said of the fields of some cases, as far as drift is watched in it. */
async function answers(db: Queryable, { digest, caseIds }: { digest: string; caseIds: readonly string[] }) {
  return db
    .select({
      imageId: images.id,
      patient: patientOfCase,
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
    .innerJoin(cases, eq(cases.id, images.caseId))
    .where(and(eq(analyses.modelDigest, digest), inArray(images.caseId, [...caseIds])))
    .orderBy(asc(images.caseId), asc(images.position));
}

/** Whether the first reader, who saw a decision of the model, and not a deferral, gave another answer; by field. */
async function corrected(db: Queryable, digest: string, imageIds: readonly string[]) {
  const first = firstReadings(db);
  const rows = await db
    .select({ imageId: first.imageId, read: first.stage, decided: decisions.stage })
    .from(first)
    .innerJoin(decisions, and(eq(decisions.id, first.decisionId), eq(decisions.defer, false)))
    .innerJoin(analyses, and(eq(analyses.id, decisions.analysisId), eq(analyses.modelDigest, digest)))
    .where(inArray(first.imageId, [...imageIds]));
  return new Map(rows.map(({ imageId, read, decided }) => [imageId, read !== decided]));
}

export type WatchedRow = Awaited<ReturnType<typeof answers>>[number] & {
  /** Null: the first reader saw no answer, or nobody has read the field. */
  readonly corrected: boolean | null;
};

/** Every field of the cases that the model has analysed, with whose it is. */
export async function watchedFields(
  db: Queryable,
  input: { digest: string; caseIds: readonly string[] },
): Promise<WatchedRow[]> {
  const fields = await answers(db, input);
  const read = await corrected(
    db,
    input.digest,
    fields.map(({ imageId }) => imageId),
  );
  return fields.map((field) => ({ ...field, corrected: read.get(field.imageId) ?? null }));
}
