import {
  costMatrixSchema,
  costMatrixStatusSchema,
  costTableSchema,
  costWeightsSchema,
  DEFAULT_COST_WEIGHTS,
  learnedCellSchema,
  maturityStageSchema,
  stageProbabilitiesSchema,
} from '@blastwise/contracts';
import { UNJUDGED } from '@blastwise/db';
import { z } from 'zod';
import {
  confirmationSchema,
  idSchema,
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

/** Costs as computed from readers' judgements with these weights, from which a version starts. */
export const computedSchema = z.object({ weights: costWeightsSchema, matrix: costTableSchema });
export type Computed = z.infer<typeof computedSchema>;

const newVersionSchema = z.object({
  name: z.string().trim().min(1, 'Give the version a name.').max(120, 'Keep the name under 120 characters.'),
  costs: costMatrixSchema,
  /** Null: drawn up by hand. */
  computed: computedSchema.nullable().default(null),
  /** The caller's own draft that it takes the place of. */
  replaces: idSchema.nullable().default(null),
});
export type NewVersion = z.infer<typeof newVersionSchema>;

export const proposeCostsInput = newVersionSchema.extend({ reason: reasonTextSchema });
/** The reason may be given later, when the draft is proposed. */
export const draftCostsInput = newVersionSchema.extend({
  reason: z.string().trim().max(500, 'Keep the reason under 500 characters.'),
});
export const proposeDraftInput = z.object({ id: idSchema, reason: reasonTextSchema });
export const costBasisInput = z.object({ id: idSchema });

export const activateCostsInput = z.object({
  id: idSchema,
  reason: reasonTextSchema,
  password: confirmationSchema,
});
/** `redecided`: unsettled fields that now carry a decision under this version. */
export const activatedCostsSchema = z.object({
  version: costVersionSchema,
  redecided: z.int().nonnegative(),
});

export const rejectCostsInput = z.object({ id: idSchema, reason: reasonTextSchema });

export const previewCostsInput = z.object({ costs: costMatrixSchema });

/** What readers would see: a stage, a referral to a second reader, or no assessment. */
export const outcomeSchema = z.union([maturityStageSchema, z.enum(['referred', 'not-assessable'])]);
export type Outcome = z.infer<typeof outcomeSchema>;

const toldSchema = z.object({ outcome: outcomeSchema, cost: z.number().nullable() });
/**
 * A field as decided now and as a draft would decide it. `cost`: of an unsettled field what each decision is expected to cost
 * under its own matrix, of a settled one what it does cost by the draft; null: no stage was given.
 */
export const flipSchema = z.object({
  imageId: idSchema,
  caseId: idSchema,
  /** The settled stage; null: not settled. */
  actual: maturityStageSchema.nullable(),
  probabilities: stageProbabilitiesSchema,
  before: toldSchema,
  after: toldSchema,
});
export type Flip = z.infer<typeof flipSchema>;

export const costFlipsInput = z.object({
  costs: costMatrixSchema,
  of: z.enum(['unsettled', 'settled']),
  offset: z.int().nonnegative(),
});
/** `offset`: of the page shown, the last one where less is there than was asked for. `size`: of a whole page. */
export const flipsPageSchema = z.object({
  total: z.int().nonnegative(),
  offset: z.int().nonnegative(),
  size: z.int().positive(),
  flips: z.array(flipSchema),
});
export type FlipsPage = z.infer<typeof flipsPageSchema>;

/** Mean cost of a field, in the unit of the matrix; `interval`: 95 %, over patients, null where there is too little to tell. */
export const meanCostSchema = z.object({
  mean: z.number(),
  interval: z.object({ lower: z.number(), upper: z.number() }).nullable(),
});
/** Decisions as they stand and as they would be, both priced by the draft. */
export const costComparisonSchema = z.object({
  fields: z.int().positive(),
  patients: z.int().positive(),
  before: meanCostSchema,
  after: meanCostSchema,
  /** `after` minus `before`, field by field. */
  difference: meanCostSchema,
});
export type CostComparison = z.infer<typeof costComparisonSchema>;

export const costPreviewSchema = z.object({
  /** The newest unsettled fields outside blind review, at most `REPLAY_LIMIT`; the figures below are of them. */
  replayed: z.int().nonnegative(),
  /** All unsettled fields outside blind review. */
  unsettled: z.int().nonnegative(),
  /** Unsettled fields in blind review: decided anew as well, and nothing of them is told. */
  blind: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  referredBefore: z.int().nonnegative(),
  referredAfter: z.int().nonnegative(),
  transitions: z.array(z.object({ from: outcomeSchema, to: outcomeSchema, fields: z.int().positive() })),
  /** Over the unsettled fields, by their probabilities; null without any that can be assessed. */
  expected: costComparisonSchema.nullable(),
  /** Over the newest fields settled as a stage, by that stage; null without any that can be assessed. */
  realised: costComparisonSchema.nullable(),
});
export type CostPreview = z.infer<typeof costPreviewSchema>;

export const learnedCostsInput = z.object({ weights: costWeightsSchema.default(DEFAULT_COST_WEIGHTS) });

/** A proposal from judged severities against the version in force, with its referral cost. */
export const learnedCostsSchema = z.object({
  active: z.object({ id: idSchema, version: z.int().positive() }),
  costs: costMatrixSchema,
  weights: costWeightsSchema,
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
});
export type LearnedCosts = z.infer<typeof learnedCostsSchema>;
