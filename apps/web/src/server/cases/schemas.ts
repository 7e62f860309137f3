import {
  analysisSchema,
  decisionSchema,
  maturityStageSchema,
  RESEARCH_NOTICE,
  stageProbabilitiesSchema,
} from '@blastwise/contracts';
import { z } from 'zod';
import { correctionSchema } from '../reviews/schemas.ts';
import { idSchema, personSchema, timestampSchema } from '../shared/schemas.ts';

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
    .max(200, 'Submit at most 200 images at once.'),
});
export const submittedCaseSchema = z.object({ caseId: idSchema, imageIds: z.array(idSchema) });
export type SubmittedCase = z.infer<typeof submittedCaseSchema>;

/** `corrected`: a reader has recorded an opinion, whether or not it agrees with the decision. */
export const FIELD_STATUSES = ['queued', 'analysed', 'failed', 'corrected'] as const;
export const fieldStatusSchema = z.enum(FIELD_STATUSES);
export type FieldStatus = z.infer<typeof fieldStatusSchema>;

export const worklistFilterSchema = z.object({
  statuses: z.array(fieldStatusSchema).optional(),
  /** Decided stage; `deferred` keeps those referred to a second reader (or, false, those that are not). */
  stages: z.array(maturityStageSchema).optional(),
  deferred: z.boolean().optional(),
  /** Part of a pseudonym, any case. */
  search: z.string().trim().max(80).optional(),
  mine: z.boolean().optional(),
});
export type WorklistFilter = z.infer<typeof worklistFilterSchema>;

/** `cost`: the decision's lowest expected cost, so that `desc` puts the riskiest first. */
export const worklistSortSchema = z.object({
  by: z.enum(['submitted', 'pseudonym', 'cost']).default('submitted'),
  direction: z.enum(['asc', 'desc']).default('desc'),
});
export type WorklistSort = z.infer<typeof worklistSortSchema>;

/** One field of a case, as a row of the worklist. */
export const worklistItemSchema = z.object({
  imageId: idSchema,
  caseId: idSchema,
  pseudonym: z.string(),
  /** 0-based place in its case, and how many fields the case has. */
  position: z.int().nonnegative(),
  fields: z.int().positive(),
  submittedAt: timestampSchema,
  submittedBy: personSchema,
  status: fieldStatusSchema,
  failureCode: z.string().nullable(),
  result: z
    .object({
      stage: maturityStageSchema.nullable(),
      probabilities: stageProbabilitiesSchema,
      defer: z.boolean(),
      lowestExpectedCost: z.number(),
      cells: z.int().nonnegative(),
    })
    .nullable(),
  /** Latest opinion; `agrees` where it equals the decision. */
  review: z
    .object({ stage: maturityStageSchema.nullable(), agrees: z.boolean(), at: timestampSchema })
    .nullable(),
});
export type WorklistItem = z.infer<typeof worklistItemSchema>;

export const worklistInput = z.object({
  filter: worklistFilterSchema.default({}),
  sort: worklistSortSchema.default({ by: 'submitted', direction: 'desc' }),
  cursor: z.string().max(500).nullish(),
  limit: z.int().min(1).max(100).default(50),
});
export const worklistPageSchema = z.object({
  items: z.array(worklistItemSchema),
  nextCursor: z.string().nullable(),
});
export type WorklistPage = z.infer<typeof worklistPageSchema>;

export const worklistCountsSchema = z.object({
  all: z.int().nonnegative(),
  queued: z.int().nonnegative(),
  analysed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  corrected: z.int().nonnegative(),
});
export type WorklistCounts = z.infer<typeof worklistCountsSchema>;

/** The stored network result with the decision that stands for the reader. */
export const fieldResultSchema = z.object({
  analysisId: idSchema,
  analysis: analysisSchema,
  analysedAt: timestampSchema,
  decision: decisionSchema.extend({
    id: idSchema,
    costMatrixId: idSchema,
    costMatrixVersion: z.int().positive(),
    costMatrixName: z.string(),
    costMatrixValidated: z.boolean(),
    referralCost: z.number(),
    decidedAt: timestampSchema,
  }),
});
export type FieldResult = z.infer<typeof fieldResultSchema>;

export const fieldSchema = z.object({
  imageId: idSchema,
  position: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  sha256: z.string(),
  status: fieldStatusSchema,
  failureCode: z.string().nullable(),
  /** Null until analysed, and while the AI is switched off. */
  result: fieldResultSchema.nullable(),
  /** Newest first. */
  corrections: z.array(correctionSchema),
  /** The same picture in other cases. */
  duplicates: z.array(z.object({ imageId: idSchema, caseId: idSchema, submittedAt: timestampSchema })),
});
export type Field = z.infer<typeof fieldSchema>;

export const caseInput = z.object({ caseId: idSchema });
export const caseDetailSchema = z.object({
  caseId: idSchema,
  pseudonym: z.string(),
  note: z.string(),
  submittedBy: personSchema,
  submittedAt: timestampSchema,
  aiEnabled: z.boolean(),
  fields: z.array(fieldSchema),
  notice: z.literal(RESEARCH_NOTICE),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

export const neighboursInput = z.object({
  imageId: idSchema,
  filter: worklistFilterSchema.default({}),
  sort: worklistSortSchema.default({ by: 'submitted', direction: 'desc' }),
});
const neighbourSchema = z.object({ imageId: idSchema, caseId: idSchema });
/** The fields before and after this one in the worklist under the same filter and sort. */
export const neighboursSchema = z.object({
  previous: neighbourSchema.nullable(),
  next: neighbourSchema.nullable(),
});
export type Neighbours = z.infer<typeof neighboursSchema>;

export const retryInput = z.object({ imageId: idSchema });
