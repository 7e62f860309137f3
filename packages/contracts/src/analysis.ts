import { z } from 'zod';
import { maturityStageSchema, stageProbabilitiesSchema, stageRecordSchema } from './stages.ts';

/** Why a field cannot be assessed, or why a decision was left to a reader. */
export const REASON_CODES = ['no-white-cells', 'expected-cost-above-referral'] as const;
export const reasonSchema = z.enum(REASON_CODES);
export type Reason = z.infer<typeof reasonSchema>;

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** Every version that made a result, so that it can be made again. */
export const analysisVersionsSchema = z.object({
  modelDigest: sha256Schema,
  modelName: z.string(),
  preprocessing: z.string(),
  calibration: z.string(),
});
export type AnalysisVersions = z.infer<typeof analysisVersionsSchema>;

/** One network result on one field, before any cost enters. */
export const analysisSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  assessable: z.boolean(),
  reasons: z.array(reasonSchema),
  stage: maturityStageSchema,
  probabilities: stageProbabilitiesSchema,
  /** White cells counted in the mask, touching ones split. */
  cells: z.int().nonnegative(),
  /** Share of the field's pixels inside the mask, 0..1. */
  maskFraction: z.number().min(0).max(1),
  versions: analysisVersionsSchema,
});
export type Analysis = z.infer<typeof analysisSchema>;

/** A Bayes minimum-risk decision on calibrated probabilities under one cost matrix. `stage` null: not assessable. */
export const decisionSchema = z.object({
  stage: maturityStageSchema.nullable(),
  expectedCosts: stageRecordSchema(z.number().nonnegative()),
  defer: z.boolean(),
  reasons: z.array(reasonSchema),
});
export type Decision = z.infer<typeof decisionSchema>;

/** A plain sentence for each reason, in a hematologist's words. */
export const REASON_TEXT: Readonly<Record<Reason, string>> = {
  'no-white-cells': 'No white cell was found in this field, so no stage is given.',
  'expected-cost-above-referral':
    'Every answer is expected to cost more than a second reading, so the field is referred.',
};
