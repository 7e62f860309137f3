import { driftFindingSchema, driftQuantitySchema, driftSeriesSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { idSchema, personSchema, reasonTextSchema, timestampSchema } from '../shared/schemas.ts';

/** One quantity in one judged window; of number 0, a model's first cases, only what outlives models is judged. */
export const driftPointSchema = z.object({
  window: z.int().nonnegative(),
  value: z.number(),
  threshold: z.number(),
});

export const watchedSeriesSchema = z.object({
  series: driftSeriesSchema,
  /** When the reference was complete; null: its cases are still being gathered. */
  referenceAt: timestampSchema.nullable(),
  /** Cases since the last window, or towards the reference, of those that are needed for the next one. */
  waiting: z.int().nonnegative(),
  needed: z.int().positive(),
  /** The latest judged window; null before the first. */
  latest: z
    .object({ number: z.int().positive(), cases: z.int().positive(), judgedAt: timestampSchema })
    .nullable(),
});
export type WatchedSeries = z.infer<typeof watchedSeriesSchema>;

export const watchedQuantitySchema = z.object({
  quantity: driftQuantitySchema,
  /** Of the latest window; null before the first. */
  finding: driftFindingSchema.nullable(),
  /** Oldest first, without windows that had too few cases. */
  history: z.array(driftPointSchema),
});
export type WatchedQuantity = z.infer<typeof watchedQuantitySchema>;

export const driftAlarmSchema = z.object({
  id: idSchema,
  quantity: driftQuantitySchema,
  value: z.number(),
  threshold: z.number(),
  modelName: z.string(),
  window: z.int(),
  openedAt: timestampSchema,
  acknowledged: z.object({ at: timestampSchema, by: personSchema, reason: z.string() }).nullable(),
});
export type DriftAlarm = z.infer<typeof driftAlarmSchema>;

/** Of the model in service; null without one. */
export const monitoringSchema = z.object({
  watched: z
    .object({
      modelName: z.string(),
      series: z.array(watchedSeriesSchema),
      quantities: z.array(watchedQuantitySchema),
    })
    .nullable(),
  /** Open ones first, then the latest; of every model. */
  alarms: z.array(driftAlarmSchema),
});
export type Monitoring = z.infer<typeof monitoringSchema>;

export const openAlarmsSchema = z.object({ alarms: z.int().nonnegative() });
export const acknowledgeInput = z.object({ id: idSchema, reason: reasonTextSchema });
