import {
  adjudicationSchema,
  analysisSchema,
  choiceAnswerSchema,
  decisionSchema,
  FIELDS_PER_CASE,
  maturityStageSchema,
  RESEARCH_NOTICE,
  signOffSchema,
  stageProbabilitiesSchema,
} from '@blastwise/contracts';
import { informationSchema } from '@blastwise/db';
import { z } from 'zod';
import { correctionSchema } from '../reviews/schemas.ts';
import { idSchema, personSchema, timestampSchema } from '../shared/schemas.ts';
import { signingSchema } from '../signatures/schemas.ts';

export const pseudonymSchema = z
  .string()
  .trim()
  .min(1, 'Give a pseudonym.')
  .max(80, 'Keep the pseudonym under 80 characters.');

export const submitCaseInput = z.object({
  pseudonym: pseudonymSchema,
  note: z.string().trim().max(2000, 'Keep the note under 2,000 characters.').default(''),
  /** Receipts of `POST /api/uploads`, in the order the fields shall have. */
  uploads: z
    .array(z.string().min(1).max(1000))
    .min(1, 'Add at least one image.')
    .max(FIELDS_PER_CASE, `A case takes at most ${FIELDS_PER_CASE} images.`),
});
export const submittedCaseSchema = z.object({ caseId: idSchema, imageIds: z.array(idSchema) });
export type SubmittedCase = z.infer<typeof submittedCaseSchema>;

/** Where a field, or a whole case, stands. `deferred`: decided, and referred to a second reader. */
export const WORK_STATUSES = ['queued', 'failed', 'deferred', 'analysed', 'corrected'] as const;
/** While the AI is off there are two: `corrected`, and `unread` for all the others. */
export const workStatusSchema = z.enum([...WORK_STATUSES, 'unread']);
export type WorkStatus = z.infer<typeof workStatusSchema>;

/** Newest first, highest expected cost first, smallest probability margin first, most possible stages first, or most informative first. */
export const WORKLIST_SORTS = ['newest', 'expected-cost', 'margin', 'set-size', 'information'] as const;
export const worklistSortSchema = z.enum(WORKLIST_SORTS);
export type WorklistSort = z.infer<typeof worklistSortSchema>;

/** What the network says against relying on its stage, of a field that nobody has read. */
export const FINDINGS = ['not-assessable', 'out-of-distribution', 'several-stages'] as const;
export const findingSchema = z.enum(FINDINGS);
export type Finding = z.infer<typeof findingSchema>;

/** What readers have left unsettled: a dispute that a senior decides, or a field that waits for a second reader. */
export const UNSETTLED_STATUSES = ['disputed', 'open'] as const;
export const unsettledStatusSchema = z.enum(UNSETTLED_STATUSES);
export type UnsettledStatus = z.infer<typeof unsettledStatusSchema>;

/** With the AI off, what comes from it is left out of the filter: see `worklist`. */
export const worklistFilterSchema = z.object({
  status: workStatusSchema.optional(),
  /** Cases with a field of this stage: the settled one, else the latest reader's, else the decision's. */
  stage: maturityStageSchema.optional(),
  finding: findingSchema.optional(),
  /** Cases with such a field, with the AI on or off. */
  adjudication: unsettledStatusSchema.optional(),
  /** Cases signed off, and unchanged or changed since. */
  signOff: signOffSchema.optional(),
  /** Part of the pseudonym, any case of letters. */
  search: z.string().trim().max(200).optional(),
  sort: worklistSortSchema.default('newest'),
});
export type WorklistFilter = z.infer<typeof worklistFilterSchema>;

/** One case as a row of the worklist. */
export const worklistRowSchema = z.object({
  caseId: idSchema,
  pseudonym: z.string(),
  /** In blind review: nothing of the AI is in the row. */
  blindReview: z.boolean(),
  submittedBy: personSchema,
  submittedAt: timestampSchema,
  /** One failed field makes the case failed, else one queued queued, else deferred, else one unread analysed. */
  status: workStatusSchema,
  images: z.array(
    z.object({ imageId: idSchema, status: workStatusSchema, stage: maturityStageSchema.nullable() }),
  ),
  /** Over the fields not yet read: the highest expected cost, the smallest margin; null without any or with AI off. */
  expectedCost: z.number().nullable(),
  margin: z.number().nullable(),
  /** Of the fields not yet read; empty and null with AI off. `setSize`: the most stages that cannot be ruled out. */
  findings: z.array(findingSchema),
  setSize: z.int().positive().nullable(),
  /** Why the case stands where it does, in the order `information`; null in any other, and with AI off. */
  information: informationSchema.nullable(),
  /** Of any field. */
  unsettled: z.array(unsettledStatusSchema),
  /** Null: nobody has signed it. Whether a signature is genuine the case itself tells. */
  signOff: signOffSchema.nullable(),
});
export type WorklistRow = z.infer<typeof worklistRowSchema>;

export const worklistInput = worklistFilterSchema.extend({
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export const worklistPageSchema = z.object({
  rows: z.array(worklistRowSchema),
  nextCursor: z.string().nullable(),
});
export type WorklistPage = z.infer<typeof worklistPageSchema>;

/** Cases per status under the same search, stage, finding, adjudication and sign-off; `unread` are all but the corrected. */
export const worklistCountsInput = worklistFilterSchema.pick({
  stage: true,
  finding: true,
  adjudication: true,
  signOff: true,
  search: true,
});
const count = z.int().nonnegative();
export const worklistCountsSchema = z.object({
  all: count,
  queued: count,
  failed: count,
  deferred: count,
  analysed: count,
  corrected: count,
  unread: count,
});
export type WorklistCounts = z.infer<typeof worklistCountsSchema>;

/** Cases that wait for a senior's word. */
export const toDecideSchema = z.object({ cases: count });
export type ToDecide = z.infer<typeof toDecideSchema>;

export const fieldDecisionSchema = decisionSchema.extend({
  id: idSchema,
  costMatrixId: idSchema,
  costMatrixVersion: z.int().positive(),
  costMatrixName: z.string(),
  costMatrixValidated: z.boolean(),
  /** The lowest of the expected costs. */
  expectedCost: z.number(),
  decidedAt: timestampSchema,
});
export type FieldDecision = z.infer<typeof fieldDecisionSchema>;

/** The stored network result with the decision that stands for the reader. */
export const fieldResultSchema = z.object({
  analysisId: idSchema,
  analysis: analysisSchema,
  /** The share of a stage's fields, at least, whose prediction set holds it, as the model's file says, 0..1; null: no sets. */
  setLevel: z.number().nullable(),
  /** Shares of the stages that the probabilities assume, as the model's file says, 0..1; null: it does not. */
  assumedPrior: stageProbabilitiesSchema.nullable(),
  /** Highest minus second highest probability, 0..1. */
  margin: z.number(),
  durationMs: z.int().nonnegative(),
  analysedAt: timestampSchema,
  /** What can be asked for besides the mask: the nuclei, a heatmap for each stage. */
  layers: z.object({ nucleus: z.boolean(), heatmaps: z.boolean() }),
  /** In force: under the active matrix, or the one that stood when the field was read. */
  decision: fieldDecisionSchema,
  /** Every decision on this analysis, newest matrix first. */
  decisions: z.array(fieldDecisionSchema),
});
export type FieldResult = z.infer<typeof fieldResultSchema>;

/** Which of two decisions the caller would rather take, asked of a field in doubt; `answer` null: not said, or taken back. */
export const fieldChoiceSchema = z.object({
  first: maturityStageSchema,
  second: maturityStageSchema,
  answer: choiceAnswerSchema.nullable(),
});
export type FieldChoice = z.infer<typeof fieldChoiceSchema>;

/** Where the AI is hidden: whether it was its error that is disputed is not said. */
const unexplainedDisputeSchema = z.object({ status: z.literal('disputed'), why: z.null() });

export const fieldSchema = z.object({
  imageId: idSchema,
  position: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  sha256: z.string(),
  status: workStatusSchema,
  failureCode: z.string().nullable(),
  /** In blind review, and not read by the caller: nothing of the AI is here. */
  blind: z.boolean(),
  /** Null until analysed, while the AI is switched off, and where `blind`. */
  result: fieldResultSchema.nullable(),
  /** Null where nothing is asked: of a field not in doubt, or not read by the caller, or without `result`. */
  choice: fieldChoiceSchema.nullable(),
  /** What the readings amount to; null: nobody has read the field. */
  adjudication: z.union([adjudicationSchema, unexplainedDisputeSchema]).nullable(),
  /** Newest first. */
  corrections: z.array(correctionSchema),
  /** The same picture in other cases, and what it is settled as there; `settled` null: it is not. */
  duplicates: z.array(
    z.object({
      imageId: idSchema,
      caseId: idSchema,
      submittedAt: timestampSchema,
      settled: z.object({ stage: maturityStageSchema.nullable() }).nullable(),
    }),
  ),
});
export type Field = z.infer<typeof fieldSchema>;

export const caseInput = z.object({ caseId: idSchema });
export const caseDetailSchema = z.object({
  caseId: idSchema,
  pseudonym: z.string(),
  note: z.string(),
  submittedBy: personSchema,
  submittedAt: timestampSchema,
  status: workStatusSchema,
  aiEnabled: z.boolean(),
  blindReview: z.boolean(),
  fields: z.array(fieldSchema),
  signing: signingSchema,
  notice: z.literal(RESEARCH_NOTICE),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

export const neighboursInput = z.object({ caseId: idSchema, filter: worklistFilterSchema });
/** The cases before and after this one in the worklist under the same filter and sort. */
export const neighboursSchema = z.object({ previous: idSchema.nullable(), next: idSchema.nullable() });
export type Neighbours = z.infer<typeof neighboursSchema>;

export const retryInput = z.object({ imageId: idSchema });
