import {
  type Adjudication,
  adjudicationSchema,
  maturityStageSchema,
  type StageProbabilities,
  type StageRecord,
  stageProbabilitiesSchema,
  toStageRecord,
} from '@blastwise/contracts';
import { asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../client.ts';
import {
  analysisRowSchema,
  type CorrectionRow,
  correctionRowSchema,
  type DecisionRow,
  decisionRowSchema,
  imageRowSchema,
  workStatusSchema,
} from '../rows.ts';
import {
  analyses,
  caseStates,
  cases,
  corrections,
  costMatrices,
  decisions,
  imageStates,
  images,
  modelVersions,
  users,
} from '../schema/index.ts';
import { imageWorkStatus } from './case-states.ts';
import { CORRECTION_COLUMNS } from './correction-columns.ts';
import { findDuplicates } from './duplicates.ts';
import { DECISION_COLUMNS, toAnalysisRow } from './result-columns.ts';

export const caseImageSchema = imageRowSchema.extend({
  /** The analysis in force; null while queued or failed. */
  analysis: analysisRowSchema.nullable(),
  /** The share of a stage's fields, at least, whose prediction set by the analysis' model holds it, 0..1; null: it makes no sets. */
  setLevel: z.number().nullable(),
  /** Shares of the stages that the probabilities of the analysis' model assume; null: its file does not say. */
  assumedPrior: stageProbabilitiesSchema.nullable(),
  /** The decision in force: under the active matrix, or the one that stood when the field was read. */
  decision: decisionRowSchema.nullable(),
  /** Every decision on the analysis in force, newest matrix first. */
  decisions: z.array(decisionRowSchema),
  /** What the readings amount to; null: nobody has read the field. */
  adjudication: adjudicationSchema.nullable(),
  /** Every reading, newest first. */
  corrections: z.array(correctionRowSchema),
  /** Other cases holding the same pixels. */
  duplicates: z.array(
    z.object({
      imageId: z.uuid(),
      caseId: z.uuid(),
      createdAt: z.date(),
      settled: z.object({ stage: maturityStageSchema.nullable() }).nullable(),
    }),
  ),
});
export type CaseImage = z.infer<typeof caseImageSchema>;

export const caseDetailSchema = z.object({
  id: z.uuid(),
  pseudonym: z.string(),
  note: z.string(),
  /** Each reader sees nothing of the AI before having read. */
  blindReview: z.boolean(),
  submittedBy: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.date(),
  status: workStatusSchema,
  images: z.array(caseImageSchema),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

const stateOfImages = (db: Queryable, caseId: string) =>
  db
    .select({
      image: images,
      state: imageStates,
      status: imageWorkStatus,
      analysis: analyses,
      levels: sql`${modelVersions.manifest} -> 'conformal' -> 'levels'`,
      prior: sql`${modelVersions.manifest} -> 'calibration' -> 'prior'`,
    })
    .from(images)
    .innerJoin(imageStates, eq(imageStates.imageId, images.id))
    .leftJoin(analyses, eq(analyses.id, imageStates.analysisId))
    .leftJoin(modelVersions, eq(modelVersions.digest, analyses.modelDigest))
    .leftJoin(decisions, eq(decisions.id, imageStates.decisionId))
    .where(eq(images.caseId, caseId))
    .orderBy(asc(images.position));

const decisionsOn = (db: Queryable, analysisIds: string[]): Promise<DecisionRow[]> =>
  db
    .select(DECISION_COLUMNS)
    .from(decisions)
    .innerJoin(costMatrices, eq(costMatrices.id, decisions.costMatrixId))
    .where(inArray(decisions.analysisId, analysisIds))
    .orderBy(desc(costMatrices.version));

const readingsOf = (db: Queryable, imageIds: string[]): Promise<CorrectionRow[]> =>
  db
    .select(CORRECTION_COLUMNS)
    .from(corrections)
    .innerJoin(users, eq(users.id, corrections.readerId))
    .where(inArray(corrections.imageId, imageIds))
    .orderBy(desc(corrections.createdAt), desc(corrections.id));

/** A model has a level for each stage. */
const levelsSchema = z.array(z.number().gt(0).lt(1)).min(1);

function toSetLevel(levels: unknown): number | null {
  const parsed = levelsSchema.safeParse(levels);
  return parsed.success ? Math.min(...parsed.data) : null;
}

const share = z.number().min(0).max(1);
const priorSchema = z
  .tuple([share, share, share, share])
  .transform(toStageRecord)
  .pipe(stageProbabilitiesSchema);

function toPrior(shares: unknown): StageProbabilities | null {
  const parsed = priorSchema.safeParse(shares);
  return parsed.success ? parsed.data : null;
}

function toAdjudication(state: typeof imageStates.$inferSelect): Adjudication | null {
  const { adjudication: status, adjudicationWhy: why, adjudicatedStage: stage } = state;
  return status && adjudicationSchema.parse({ status, why, by: why, stage });
}

/** A case with all that is known of its fields; null without such a case. */
export async function caseDetail(db: Queryable, caseId: string): Promise<CaseDetail | null> {
  const [head] = await db
    .select({
      id: cases.id,
      pseudonym: cases.pseudonym,
      note: cases.note,
      blindReview: cases.blindReview,
      submittedBy: { id: users.id, name: users.name },
      createdAt: cases.createdAt,
      status: caseStates.status,
    })
    .from(cases)
    .innerJoin(caseStates, eq(caseStates.caseId, cases.id))
    .innerJoin(users, eq(users.id, cases.submittedBy))
    .where(eq(cases.id, caseId));
  if (!head) return null;
  const fields = await stateOfImages(db, caseId);
  const [decided, readings, duplicates] = await Promise.all([
    decisionsOn(
      db,
      fields.flatMap(({ analysis }) => (analysis ? [analysis.id] : [])),
    ),
    readingsOf(
      db,
      fields.map(({ image }) => image.id),
    ),
    findDuplicates(
      db,
      fields.map(({ image }) => image.blobSha256),
      caseId,
    ),
  ]);
  return {
    ...head,
    images: fields.map(({ image, state, status, analysis, levels, prior }) => {
      const own = decided.filter((decision) => decision.analysisId === analysis?.id);
      return {
        ...image,
        status,
        failureCode: state.failureCode,
        analysis: analysis && toAnalysisRow(analysis),
        setLevel: toSetLevel(levels),
        assumedPrior: toPrior(prior),
        decision: own.find((decision) => decision.id === state.decisionId) ?? null,
        decisions: own,
        adjudication: toAdjudication(state),
        corrections: readings.filter((reading) => reading.imageId === image.id),
        duplicates: duplicates.get(image.blobSha256) ?? [],
      };
    }),
  };
}

/** Digests of a field's blobs; what of an analysis is not there is null. */
export interface ImageBlobs {
  readonly caseId: string;
  /** Of the field, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly blobSha256: string;
  readonly maskSha256: string | null;
  readonly nucleusSha256: string | null;
  readonly heatmaps: StageRecord<string> | null;
}

/** What the image routes need: which blobs belong to a field. */
export async function imageBlobs(db: Queryable, imageId: string): Promise<ImageBlobs | null> {
  const [row] = await db
    .select({
      caseId: images.caseId,
      width: images.width,
      height: images.height,
      blobSha256: images.blobSha256,
      maskSha256: sql<string | null>`${analyses.maskSha256}`,
      nucleusSha256: analyses.nucleusSha256,
      heatmaps: analyses.heatmaps,
    })
    .from(images)
    .innerJoin(imageStates, eq(imageStates.imageId, images.id))
    .leftJoin(analyses, eq(analyses.id, imageStates.analysisId))
    .where(eq(images.id, imageId));
  return row ?? null;
}
