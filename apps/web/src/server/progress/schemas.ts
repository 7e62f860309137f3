import { z } from 'zod';
import { agreementSchema } from '../reviews/schemas.ts';
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
  /** Null: too few patients. */
  figure: intervalledSchema.nullable(),
});
export type ProgressStep = z.infer<typeof progressStepSchema>;

/** A figure over time, and over all of it. */
export const courseSchema = z.object({
  cases: count,
  patients: count,
  fields: count,
  overall: intervalledSchema.nullable(),
  steps: z.array(progressStepSchema),
});
export type Course = z.infer<typeof courseSchema>;

/** The later half of the cases minus the earlier one. */
export const trendSchema = z.object({
  /** When the later half begins. */
  since: timestampSchema,
  difference: intervalledSchema,
  verdict: z.enum(['better', 'worse', 'cannot-tell']),
});
export type Trend = z.infer<typeof trendSchema>;

export const progressSchema = z.object({
  costMatrix: z.object({ id: idSchema, version: z.int().positive(), name: z.string() }),
  /** Cost per 100 cases of the blind-review sample. `notAssessable`: fields that no reader could assess, left out. */
  cost: courseSchema.extend({ notAssessable: count }),
  /** Of that cost; null: a half has too few patients. */
  trend: trendSchema.nullable(),
  /** Cases that chance drew for blind review, and those of them that are read. */
  sample: z.object({ drawn: count, read: count }),
  /** Between all readers of the same fields; null: no field was read by two. */
  agreement: agreementSchema.nullable(),
  /** Share of the fields, of all other cases, whose first reader gave another answer than the one shown. */
  override: courseSchema,
  /** Blind readings that were repeated with the AI shown, and of those the ones that changed their stage. */
  flips: z.object({ readAgain: count, flipped: count }),
  /** Patients below which a figure is not given. */
  leastPatients: count,
});
export type Progress = z.infer<typeof progressSchema>;
