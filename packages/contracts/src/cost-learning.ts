import { z } from 'zod';
import { certaintySchema, confirmationSchema, SEVERITIES, severitySchema } from './review.ts';
import { maturityStageSchema } from './stages.ts';

/** One adjudicated correction, as far as the costs learn from it. */
export const costCorrectionSchema = z.strictObject({
  actual: maturityStageSchema,
  predicted: maturityStageSchema,
  severity: severitySchema,
  certainty: certaintySchema,
  confirmedBy: confirmationSchema,
});
export type CostCorrection = z.infer<typeof costCorrectionSchema>;

const weight = z.number().min(0, 'A weight cannot be negative.').max(1000, 'A weight cannot exceed 1,000.');
const cost = z
  .number()
  .min(0, 'A cost cannot be negative.')
  .max(1_000_000, 'A cost cannot exceed 1,000,000.');

/**
 * How corrections become costs. `severity`: cost of an error judged so, in the unit of the matrix. `certainty` and
 * `confirmedBy`: factors whose product is the weight of a correction; 1 is a sure one by morphology.
 * `priorStrength`: how many corrections of weight 1 the founding cost of a cell counts as. `step`: how far one proposal may
 * move a cost, by this share of it or by this cost, whichever is more.
 */
export const costWeightsSchema = z.object({
  severity: z
    .record(severitySchema, cost)
    .refine(
      (costs) => SEVERITIES.every((s, i) => i === 0 || costs[s] >= costs[SEVERITIES[i - 1] ?? s]),
      'A graver error cannot cost less than a milder one.',
    )
    .refine((costs) => costs.critical > costs.none, 'A critical error must cost more than a harmless one.'),
  certainty: z.record(certaintySchema, weight),
  confirmedBy: z.record(confirmationSchema, weight),
  priorStrength: z
    .number()
    .positive('The prior strength must be above 0.')
    .max(1_000_000, 'The prior strength cannot exceed 1,000,000.'),
  step: z
    .object({
      share: z.number().min(0, 'A step cannot be negative.').max(1, 'A step cannot exceed the whole cost.'),
      cost,
    })
    .refine(({ share, cost }) => share > 0 || cost > 0, 'A step must be above 0, or no cost ever moves.'),
});
export type CostWeights = z.infer<typeof costWeightsSchema>;

/** Chosen, not measured: the costs span those of the founding matrix. */
export const DEFAULT_COST_WEIGHTS: CostWeights = {
  severity: { none: 0, minor: 5, moderate: 10, serious: 20, critical: 30 },
  certainty: { sure: 1, probable: 0.5, unsure: 0.25 },
  confirmedBy: { morphology: 1, cytochemistry: 1.5, 'flow-cytometry': 2, genetics: 2 },
  priorStrength: 5,
  step: { share: 0.25, cost: 2 },
};

const amount = z.number().nonnegative();

/** One kind of error: what it cost when a proposal was computed, what it should cost, and what said so. */
export const learnedCellSchema = z.object({
  actual: maturityStageSchema,
  predicted: maturityStageSchema,
  active: amount,
  /** One step from `active` towards `posterior`; `active` itself without evidence. */
  proposed: amount,
  posterior: amount,
  interval: z.object({ lower: amount, upper: amount }),
  /** Sum of the errors' weights. */
  evidence: amount,
  judgements: z.int().nonnegative(),
  fields: z.int().nonnegative(),
  /** What choices under doubt say of this cost; null: too little. It plays no part in `proposed`. */
  chosen: z
    .object({
      cost: amount,
      interval: z.object({ lower: amount, upper: amount }),
      /** How much of the prior's variance the choices have removed, 0..1. */
      learned: z.number().min(0).max(1),
    })
    .nullable(),
});
export type LearnedCell = z.infer<typeof learnedCellSchema>;

/** What a version computed from readings rests on, kept with it for who approves it. */
export const costBasisSchema = z.object({ weights: costWeightsSchema, cells: z.array(learnedCellSchema) });
export type CostBasis = z.infer<typeof costBasisSchema>;
