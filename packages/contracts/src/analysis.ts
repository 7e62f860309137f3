import { z } from 'zod';
import { maturityStageSchema, stageProbabilitiesSchema, stageRecordSchema } from './stages.ts';

/** Why a field cannot be assessed, or why a decision was left to a reader. */
export const REASON_CODES = [
  'no-white-cells',
  'blank',
  'blurred',
  'clipped',
  'out-of-scale',
  'out-of-distribution',
  'several-stages-possible',
  'expected-cost-above-referral',
] as const;
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

/** How unlike the training fields an image is; `flag` when no stage should be believed. */
export const outOfDistributionSchema = z.object({ score: z.number(), flag: z.boolean() });
export type OutOfDistribution = z.infer<typeof outOfDistributionSchema>;

/** How an image was brought to the scale of the training fields. */
export const scaleSchema = z.object({
  /** Field pixels per input pixel; 1 leaves the image as it is. */
  factor: z.number().positive(),
  /** Taken from the cells found, given by the caller, or that of a field of the training size. */
  source: z.enum(['estimated', 'given', 'training']),
  /** 224 px tiles that were read. */
  tiles: z.int().positive(),
});
export type Scale = z.infer<typeof scaleSchema>;

/** A mean colour, 0..255 a channel. */
export const colourSchema = z.object({
  red: z.number().min(0).max(255),
  green: z.number().min(0).max(255),
  blue: z.number().min(0).max(255),
});
export type Colour = z.infer<typeof colourSchema>;

/** Mean colour of an image's least saturated three quarters, which tells another lamp, and of the rest, which tells another stain. */
export const backgroundSchema = colourSchema.extend({
  /** Missing in results of before it was measured, and where the whole image is equally saturated. */
  stained: colourSchema.optional(),
});
export type Background = z.infer<typeof backgroundSchema>;

/** One white cell, in pixels of the input. */
export const whiteCellSchema = z.object({
  x: z.number().nonnegative(),
  y: z.number().nonnegative(),
  width: z.number().positive(),
  height: z.number().positive(),
  /** Share of the cell's area that is nucleus, 0..1. */
  nucleusShare: z.number().min(0).max(1).nullable(),
  /** What the cell adds to the evidence for each stage: positive speaks for it, negative against. */
  contributions: stageRecordSchema(z.number()).nullable(),
});
export type WhiteCell = z.infer<typeof whiteCellSchema>;

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
  /** Stages that cannot be ruled out at the model's level of coverage; null where the model has no such sets. */
  predictionSet: z.array(maturityStageSchema).min(1).nullable().default(null),
  outOfDistribution: outOfDistributionSchema.nullable().default(null),
  scale: scaleSchema.nullable().default(null),
  whiteCells: z.array(whiteCellSchema).nullable().default(null),
  background: backgroundSchema.nullable().default(null),
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
  blank: 'The image is blank or nearly so, so no stage is given.',
  blurred: 'The image is too blurred to judge a nucleus, so no stage is given.',
  clipped: 'The white cells or large parts of the image are over- or underexposed, so no stage is given.',
  'out-of-scale': 'The cells are too small or too large in this image to be judged, so no stage is given.',
  'out-of-distribution':
    'The image is unlike the smears that the model learned from; its stage should not be relied on.',
  'several-stages-possible': 'More than one stage fits this field; a reader should decide between them.',
  'expected-cost-above-referral':
    'Every answer is expected to cost more than a second reading, so the field is deferred.',
};
