import { z } from 'zod';
import { MATURITY_STAGES } from './stages.ts';

const cost = z
  .number({ error: 'Every cost must be a number.' })
  .finite()
  .min(0, 'A cost cannot be negative.')
  .max(1_000_000, 'A cost cannot exceed 1,000,000.');
const row = z.tuple([cost, cost, cost, cost], { error: 'Give four costs in every row.' });

/** `cost[actual][predicted]`: rows are the true stage, columns the stage it was called. */
export const costTableSchema = z
  .tuple([row, row, row, row], { error: 'Give four rows, one for each true stage.' })
  .refine((rows) => rows.every((r, i) => r[i] === 0), 'A right answer costs nothing: the diagonal must be 0.')
  .refine((rows) => rows.some((r) => r.some((c) => c > 0)), 'At least one error must cost something.');
export type CostTable = z.infer<typeof costTableSchema>;

/**
 * Misclassification costs and the cost of referring a field to a second reader, in the same unit.
 * A field is deferred when its lowest expected cost exceeds `referralCost` (Chow 1970).
 */
export const costMatrixSchema = z.object({
  stages: z.tuple([z.literal('Benign'), z.literal('Early'), z.literal('Pre'), z.literal('Pro')]),
  matrix: costTableSchema,
  referralCost: cost,
});
export type CostMatrix = z.infer<typeof costMatrixSchema>;

/** The published study's matrix: version 1 of the product, marked unvalidated. Its referral cost is ours. */
export const STUDY_COSTS: CostMatrix = {
  stages: [...MATURITY_STAGES],
  matrix: [
    [0, 10, 20, 30],
    [10, 0, 15, 25],
    [20, 15, 0, 10],
    [30, 25, 10, 0],
  ],
  referralCost: 2.5,
};

export const COST_MATRIX_STATUSES = ['draft', 'proposed', 'active', 'retired', 'rejected'] as const;
export const costMatrixStatusSchema = z.enum(COST_MATRIX_STATUSES);
export type CostMatrixStatus = z.infer<typeof costMatrixStatusSchema>;
