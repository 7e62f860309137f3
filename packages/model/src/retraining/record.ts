import { costMatrixSchema, sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';
import { ENGINE_NAMES } from '../engine/names.ts';
import { epochRecordSchema } from '../training/fit.ts';
import { networkRecipeSchema } from './network/recipe.ts';
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

const shared = z.strictObject({
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
  /** The figures that the epochs were judged by, of the base and of the new model. */
  validation: z.strictObject({ before: figures, after: figures }),
  calibration: z.strictObject({
    temperature: z.number().positive(),
    bias: z.array(z.number()).length(4),
    prior: z.array(z.number()).length(4),
    /** Mean negative log likelihood of the validation side before and after. */
    nllBefore: z.number(),
    nllAfter: z.number(),
  }),
});

const runSchema = z.record(z.string(), z.json());

/** The run of a model whose head was trained again, as it lies in its manifest. */
export const retrainingRecordSchema = shared.extend({
  kind: z.literal('head-retraining'),
  recipe: retrainingRecipeSchema,
  /** What the gate said where locked test rows were given. */
  gate: z
    .looseObject({ verdict: z.string(), reasons: z.array(z.string()), fields: count, groups: count })
    .nullable(),
  /** The record of the run that trained everything but the head. */
  trained: runSchema,
});
export type RetrainingRecord = z.infer<typeof retrainingRecordSchema>;

const dice = z.number().min(0).max(1);

/** The run of a model whose blocks and U-Net were trained again, too. */
export const networkRecordSchema = shared.extend({
  kind: z.literal('network-retraining'),
  recipe: networkRecipeSchema,
  /** The registered folder: its fields that were trained with, and a digest of their sides, groups and contents. */
  folder: z.strictObject({ fields: count, hash: sha256Schema }),
  /** The U-Net's part of it; best epoch 0: none was better than the base's U-Net, which stayed. */
  masks: z.strictObject({
    history: z.array(epochRecordSchema).min(1),
    bestEpoch: count,
    /** Fields with a mask that a reader drew, by side. */
    edited: z.strictObject({ train: count, validation: count }),
    /** Mean Dice of cells and nuclei that the epochs were judged by, of the base's U-Net and of the new one. */
    before: dice,
    after: dice,
  }),
  /** The record of the run that everything began with. */
  trained: runSchema,
});
export type NetworkRecord = z.infer<typeof networkRecordSchema>;

/** The record of the run that a model's network comes from, however often its head was trained since. */
export const trainedRecord = (run: RetrainingRecord['trained']): RetrainingRecord['trained'] =>
  retrainingRecordSchema.safeParse(run).data?.trained ?? run;

/** The record of the run that everything began with, however often the model was retrained since. */
export const originalRecord = (run: RetrainingRecord['trained']): RetrainingRecord['trained'] => {
  const before = trainedRecord(run);
  return networkRecordSchema.safeParse(before).data?.trained ?? before;
};
