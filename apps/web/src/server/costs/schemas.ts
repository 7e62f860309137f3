import {
  costMatrixSchema,
  costMatrixStatusSchema,
  learnedCellSchema,
  maturityStageSchema,
  stageProbabilitiesSchema,
} from '@blastwise/contracts';
import { UNJUDGED } from '@blastwise/db';
import { z } from 'zod';
import {
  idSchema,
  passwordEntrySchema,
  personSchema,
  reasonTextSchema,
  timestampSchema,
} from '../shared/schemas.ts';

export const costVersionSchema = z.object({
  id: idSchema,
  version: z.int().positive(),
  name: z.string(),
  costs: costMatrixSchema,
  status: costMatrixStatusSchema,
  validated: z.boolean(),
  createdBy: personSchema.nullable(),
  createdAt: timestampSchema,
  reason: z.string().nullable(),
  proposedBy: personSchema.nullable(),
  proposedAt: timestampSchema.nullable(),
  decidedBy: personSchema.nullable(),
  decidedAt: timestampSchema.nullable(),
  decisionReason: z.string().nullable(),
  retiredAt: timestampSchema.nullable(),
});
export type CostVersion = z.infer<typeof costVersionSchema>;

export const proposeCostsInput = z.object({
  name: z.string().trim().min(1, 'Give the version a name.').max(120, 'Keep the name under 120 characters.'),
  costs: costMatrixSchema,
  reason: reasonTextSchema,
});

export const activateCostsInput = z.object({
  id: idSchema,
  reason: reasonTextSchema,
  password: passwordEntrySchema,
});
/** `redecided`: unreviewed fields that now carry a decision under this version. */
export const activatedCostsSchema = z.object({
  version: costVersionSchema,
  redecided: z.int().nonnegative(),
});

export const rejectCostsInput = z.object({ id: idSchema, reason: reasonTextSchema });

export const previewCostsInput = z.object({ costs: costMatrixSchema });

/** What readers would see: a stage, a referral to a second reader, or no assessment. */
export const outcomeSchema = z.union([maturityStageSchema, z.enum(['referred', 'not-assessable'])]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** A field whose decision would change; `before` is what stands under the active version. */
export const changedDecisionSchema = z.object({
  imageId: idSchema,
  caseId: idSchema,
  probabilities: stageProbabilitiesSchema,
  before: z.object({ outcome: outcomeSchema, expectedCost: z.number() }),
  after: z.object({ outcome: outcomeSchema, expectedCost: z.number() }),
});
/** Mean cost of a field, in the unit of the matrix; `interval`: 95 %, over cases, null where there is too little to tell. */
export const meanCostSchema = z.object({
  mean: z.number(),
  interval: z.object({ lower: z.number(), upper: z.number() }).nullable(),
});
/** Decisions as they stand and as they would be, both priced by the draft. */
export const costComparisonSchema = z.object({
  fields: z.int().positive(),
  cases: z.int().positive(),
  before: meanCostSchema,
  after: meanCostSchema,
  /** `after` minus `before`, field by field. */
  difference: meanCostSchema,
});
export type CostComparison = z.infer<typeof costComparisonSchema>;

/** Replayed over the newest unread fields, at most `PREVIEW_LIMIT` of them. */
export const costPreviewSchema = z.object({
  unreviewed: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  referredBefore: z.int().nonnegative(),
  referredAfter: z.int().nonnegative(),
  transitions: z.array(z.object({ from: outcomeSchema, to: outcomeSchema, fields: z.int().positive() })),
  examples: z.array(changedDecisionSchema),
  /** Over the unread fields, by their probabilities; null without any that can be assessed. */
  expected: costComparisonSchema.nullable(),
  /** Over the newest fields settled as a stage, by that stage; null without any that can be assessed. */
  realised: costComparisonSchema.nullable(),
});
export type CostPreview = z.infer<typeof costPreviewSchema>;

/** A proposal from judged severities against the version in force, with its referral cost. */
export const learnedCostsSchema = z.object({
  active: z.object({ id: idSchema, version: z.int().positive() }),
  costs: costMatrixSchema,
  cells: z.array(learnedCellSchema),
  counts: z.object({
    used: z.int().nonnegative(),
    fields: z.int().nonnegative(),
    /** Readings that agree with the decision they saw. */
    skipped: z.int().nonnegative(),
    leftOut: z.record(z.enum(UNJUDGED), z.int().nonnegative()),
  }),
  choices: z.object({
    answers: z.int().nonnegative(),
    withoutPreference: z.int().nonnegative(),
    readers: z.int().nonnegative(),
    /** Of the answers with a preference, how many the others foretell; null without any. `interval`: 95 % of the share. */
    foretold: z
      .object({
        right: z.number().nonnegative(),
        of: z.int().positive(),
        interval: z.object({ lower: z.number(), upper: z.number() }),
      })
      .nullable(),
  }),
  warnings: z.array(z.string()),
});
export type LearnedCosts = z.infer<typeof learnedCostsSchema>;
