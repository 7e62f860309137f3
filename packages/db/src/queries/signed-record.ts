import { createHash } from 'node:crypto';
import { canonicalJson } from '@blastwise/contracts';
import { asc, desc, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { analyses, cases, corrections, costMatrices, decisions, images } from '../schema/index.ts';
import type { SignedResult } from '../schema/signatures.ts';

const RESULT = {
  analysisId: analyses.id,
  imageId: analyses.imageId,
  modelDigest: analyses.modelDigest,
  preprocessing: analyses.preprocessing,
  calibration: analyses.calibration,
  assessable: analyses.assessable,
  reasons: analyses.reasons,
  stage: analyses.stage,
  probabilities: analyses.probabilities,
  predictionSet: analyses.predictionSet,
  maskSha256: analyses.maskSha256,
  nucleusSha256: analyses.nucleusSha256,
  decisionId: decisions.id,
  decided: decisions.stage,
  defer: decisions.defer,
  expectedCosts: decisions.expectedCosts,
  decisionReasons: decisions.reasons,
  matrixVersion: costMatrices.version,
  matrixDigest: costMatrices.digest,
};

/** Named one by one, like those of results: a column that is added later changes no old digest. */
const READING = {
  id: corrections.id,
  imageId: corrections.imageId,
  analysisId: corrections.analysisId,
  decisionId: corrections.decisionId,
  readerId: corrections.readerId,
  readerRole: corrections.readerRole,
  stage: corrections.stage,
  certainty: corrections.certainty,
  confirmedBy: corrections.confirmedBy,
  severity: corrections.severity,
  comment: corrections.comment,
  maskSha256: corrections.maskSha256,
  nucleusSha256: corrections.nucleusSha256,
  masksFromResult: corrections.masksFromResult,
  supersedesId: corrections.supersedesId,
  createdAt: corrections.createdAt,
};

/** What a signature may cover of a case: its fields, each reader's reading in force, and every result on them. */
export interface RecordMaterial {
  readonly head: unknown;
  readonly fields: readonly { readonly id: string; readonly position: number }[];
  readonly readings: readonly {
    readonly imageId: string;
    readonly analysisId: string | null;
    readonly decisionId: string | null;
  }[];
  /** Also superseded ones. */
  readonly readingCount: number;
  readonly results: readonly { readonly analysisId: string; readonly decisionId: string }[];
}

/** Null without such a case. One statement after the other, so that a transaction will do. */
export async function recordMaterial(db: Queryable, caseId: string): Promise<RecordMaterial | null> {
  const { id, pseudonym, note, blindReview, createdAt } = cases;
  const [head] = await db
    .select({ id, pseudonym, note, blindReview, createdAt })
    .from(cases)
    .where(eq(id, caseId));
  if (!head) return null;
  const fields = await db
    .select({ id: images.id, position: images.position, sha256: images.blobSha256 })
    .from(images)
    .where(eq(images.caseId, caseId))
    .orderBy(asc(images.position));
  const imageIds = fields.map((field) => field.id);
  const readings = await db
    .selectDistinctOn([corrections.imageId, corrections.readerId], READING)
    .from(corrections)
    .where(inArray(corrections.imageId, imageIds))
    .orderBy(corrections.imageId, corrections.readerId, desc(corrections.createdAt), desc(corrections.id));
  const results = await db
    .select(RESULT)
    .from(decisions)
    .innerJoin(analyses, eq(analyses.id, decisions.analysisId))
    .innerJoin(costMatrices, eq(costMatrices.id, decisions.costMatrixId))
    .where(inArray(analyses.imageId, imageIds))
    .orderBy(asc(decisions.id));
  const readingCount = await db.$count(corrections, inArray(corrections.imageId, imageIds));
  return { head, fields, readings, readingCount, results };
}

/**
 * SHA-256 over the record in canonical form: case, fields with their images' digests, readings in force with those of their
 * masks, and the results that a reader named or that `shown` says were on the signer's screen.
 */
export function recordDigest(material: RecordMaterial, shown: readonly SignedResult[]): string {
  const { head, fields, readings, results } = material;
  const named = new Set(
    [...readings, ...shown].flatMap(({ analysisId, decisionId }) =>
      analysisId && decisionId ? [`${analysisId} ${decisionId}`] : [],
    ),
  );
  const seen = results.filter(({ analysisId, decisionId }) => named.has(`${analysisId} ${decisionId}`));
  const inOrder = shown.toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1));
  const text = canonicalJson(['blastwise-record-1', head, fields, readings, inOrder, seen]);
  return createHash('sha256').update(text).digest('hex');
}

/** Positions, from 0, of the fields that nobody has read. */
export function unreadFields({ fields, readings }: RecordMaterial): number[] {
  const read = new Set(readings.map(({ imageId }) => imageId));
  return fields.filter(({ id }) => !read.has(id)).map(({ position }) => position);
}
