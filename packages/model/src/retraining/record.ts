import { costMatrixSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { ENGINE_NAMES } from '../engine/names.ts';
import { epochRecordSchema } from '../training/fit.ts';
import { retrainingRecipeSchema } from './recipe.ts';

const count = z.int().nonnegative();
const perStage = z.tuple([count, count, count, count]);
const figures = z.strictObject({
  loss: z.number(),
  accuracy: z.number(),
  cost: z.number(),
  correctedLoss: z.number(),
  correctedAccuracy: z.number(),
});

/** The run of a retrained model, as it lies in its manifest. */
export const retrainingRecordSchema = z.strictObject({
  kind: z.literal('head-retraining'),
  recipe: retrainingRecipeSchema,
  costs: costMatrixSchema,
  seed: count,
  engine: z.strictObject({ name: z.enum(ENGINE_NAMES).exclude(['auto']), reasons: z.array(z.string()) }),
  /** Fields of each stage, in the order of the stages: the base's own, and the corrected ones. */
  data: z.strictObject({
    train: perStage,
    validation: perStage,
    calibration: perStage,
    corrected: z.strictObject({ train: perStage, validation: perStage }),
  }),
  history: z.array(epochRecordSchema).min(1),
  bestEpoch: count,
  /** Wall time of this process. */
  seconds: z.number().nonnegative(),
  /** The figures that the epochs were judged by, of the base's head and of the new one. */
  validation: z.strictObject({ before: figures, after: figures }),
  calibration: z.strictObject({
    temperature: z.number().positive(),
    bias: z.array(z.number()).length(4),
    prior: z.array(z.number()).length(4),
    /** Mean negative log likelihood of the validation side before and after. */
    nllBefore: z.number(),
    nllAfter: z.number(),
  }),
  /** What the gate said where locked test rows were given. */
  gate: z
    .looseObject({ verdict: z.string(), reasons: z.array(z.string()), fields: count, groups: count })
    .nullable(),
  /** The record of the run that trained everything but the head. */
  trained: z.record(z.string(), z.json()),
});
export type RetrainingRecord = z.infer<typeof retrainingRecordSchema>;

/** The record of the run that a model's network comes from, however often its head was trained since. */
export const trainedRecord = (run: RetrainingRecord['trained']): RetrainingRecord['trained'] =>
  retrainingRecordSchema.safeParse(run).data?.trained ?? run;
