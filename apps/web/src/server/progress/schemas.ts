import { z } from 'zod';
import { idSchema, timestampSchema } from '../shared/schemas.ts';

export const PROGRESS_STEPS = ['week', 'cases'] as const;

export const progressInput = z.object({
  /** Under whose costs all history is scored; the version in force where none is named. */
  costMatrixId: idSchema.optional(),
  by: z.enum(PROGRESS_STEPS).default('week'),
});

const count = z.int().nonnegative();

/** A figure with its 95 % interval. */
export const intervalledSchema = z.object({ mean: z.number(), lower: z.number(), upper: z.number() });
export type Intervalled = z.infer<typeof intervalledSchema>;

export const progressStepSchema = z.object({
  from: timestampSchema,
  to: timestampSchema,
  cases: count,
  /** Null: too few cases. */
  figure: intervalledSchema.nullable(),
});
export type ProgressStep = z.infer<typeof progressStepSchema>;

/** A figure over time, and over all of it. */
export const courseSchema = z.object({
  cases: count,
  fields: count,
  overall: intervalledSchema.nullable(),
  steps: z.array(progressStepSchema),
});
export type Course = z.infer<typeof courseSchema>;

export const progressSchema = z.object({
  costMatrix: z.object({ id: idSchema, version: z.int().positive(), name: z.string() }),
  /** Cost per 100 cases of the blind-review sample. `notAssessable`: fields that no reader could assess, left out. */
  cost: courseSchema.extend({ notAssessable: count }),
  /** Share of the fields, of all other cases, whose first reader gave another answer than the one shown. */
  override: courseSchema,
  /** Blind readings that were repeated with the AI shown, and of those the ones that changed their stage. */
  flips: z.object({ readAgain: count, flipped: count }),
  /** Cases below which a figure is not given. */
  leastCases: count,
});
export type Progress = z.infer<typeof progressSchema>;
