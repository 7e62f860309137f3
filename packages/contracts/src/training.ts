import { z } from 'zod';
import { sha256Schema } from './analysis.ts';
import { maturityStageSchema } from './stages.ts';

export const TRAINING_STATES = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const;
export const trainingStateSchema = z.enum(TRAINING_STATES);
export type TrainingState = z.infer<typeof trainingStateSchema>;

/** A training that has not ended: there is at most one. */
export const isActive = (state: TrainingState): boolean => state === 'queued' || state === 'running';

/** `head`: the head alone, from cached features. `network`: blocks and U-Net too, from a registered data folder. */
export const TRAINING_KINDS = ['head', 'network'] as const;
export const trainingKindSchema = z.enum(TRAINING_KINDS);
export type TrainingKind = z.infer<typeof trainingKindSchema>;

export const trainingOptionsSchema = z.object({
  kind: trainingKindSchema.default('head'),
  /** Weight of the expected-cost term beside the cross-entropy in the loss; null: the loss is blind to costs. */
  costWeight: z
    .number()
    .positive('The cost weight must be above 0.')
    .max(100, 'The cost weight cannot exceed 100.')
    .nullable(),
  seed: z
    .int('The seed must be a whole number.')
    .min(0, 'The seed cannot be negative.')
    .max(2_147_483_647, 'The seed cannot exceed 2,147,483,647.'),
});
export type TrainingOptions = z.infer<typeof trainingOptionsSchema>;

/** One settled field as a training learns from it. Nothing in it says who the patient is. */
export const trainingFieldSchema = z.object({
  /** The field. */
  id: z.uuid(),
  /** The patient, named by the first case under the pseudonym: all fields stay on one side. */
  group: z.uuid(),
  stage: maturityStageSchema,
  /** How much the field counts in the loss, against 1 of the base's own fields. */
  weight: z.number().positive().max(100),
  /** SHA-256 of the image file. */
  sha256: sha256Schema,
  /** SHA-256 of the masks that stand as readers drew them, where the masks are learned as well. */
  masks: z.object({ cells: sha256Schema.nullable(), nuclei: sha256Schema.nullable() }).optional(),
});
export type TrainingField = z.infer<typeof trainingFieldSchema>;

/** What a training was asked to learn from, by field identifier. */
export const trainingManifestSchema = z.array(trainingFieldSchema).min(1);
export type TrainingManifest = z.infer<typeof trainingManifestSchema>;

export const trainingEpochSchema = z.object({
  epoch: z.int().positive(),
  /** Mean training loss. */
  loss: z.number(),
  /** Share of the training rows named right, 0..1. */
  accuracy: z.number().min(0).max(1),
  /** Mean cross-entropy on the base's validation side, nats. */
  validationLoss: z.number(),
  /** Mean cost of the minimum-risk decisions on the base's validation side, in the unit of the cost matrix. */
  expectedCost: z.number(),
});
export type TrainingEpoch = z.infer<typeof trainingEpochSchema>;

const counted = { done: z.int().nonnegative(), of: z.int().positive() };

export const trainingMaskEpochSchema = z.object({
  epoch: z.int().positive(),
  /** Mean training loss. */
  loss: z.number(),
  /** Mean Dice of cells and nuclei on what the epochs are judged by, 0..1. */
  dice: z.number().min(0).max(1),
});
export type TrainingMaskEpoch = z.infer<typeof trainingMaskEpochSchema>;

/** How far a running training is. */
export const trainingProgressSchema = z.discriminatedUnion('phase', [
  /** The registered folder's fields are read. */
  z.object({ phase: z.literal('folder'), ...counted }),
  /** The corrected fields are read, of a head by the base itself. */
  z.object({ phase: z.literal('fields'), ...counted }),
  /** The U-Net is trained. */
  z.object({
    phase: z.literal('masks'),
    of: z.int().positive(),
    secondsLeft: z.number().nonnegative(),
    masks: z.array(trainingMaskEpochSchema),
  }),
  /** The frozen part of the network reads the views of the fields. */
  z.object({ phase: z.literal('views'), ...counted }),
  z.object({
    phase: z.literal('epochs'),
    /** The epochs of the recipe; an early stop makes fewer of them. */
    of: z.int().positive(),
    secondsLeft: z.number().nonnegative(),
    history: z.array(trainingEpochSchema),
  }),
  /** Calibration, thresholds and the artifact. */
  z.object({ phase: z.literal('saving'), history: z.array(trainingEpochSchema) }),
]);
export type TrainingProgress = z.infer<typeof trainingProgressSchema>;

const figures = z.object({ accuracy: z.number(), cost: z.number() });

export const withdrawnFieldSchema = z.object({ id: z.uuid(), group: z.uuid() });

/** A model that a training did not start from, for it had learned labels that were withdrawn since. */
export const passedOverSchema = z.object({
  digest: sha256Schema,
  fields: z.array(withdrawnFieldSchema).min(1),
});
export type PassedOver = z.infer<typeof passedOverSchema>;

/** What came of a training, besides the model itself. */
export const trainingOutcomeSchema = z.object({
  epochs: z.int().positive(),
  bestEpoch: z.int().nonnegative(),
  /** Corrected fields on the training and validation sides, and those kept for the test side. */
  learned: z.int().nonnegative(),
  reserved: z.int().nonnegative(),
  /** Fields left out, for they show what a held-out image shows. */
  quarantined: z.array(
    z.object({
      id: z.uuid(),
      group: z.uuid(),
      against: z.string(),
      kind: z.enum(['bytes', 'pixels', 'near']),
    }),
  ),
  /** Fields that a model before had learned from and this one must not: settled no more, or held out since. */
  withdrawn: z.array(withdrawnFieldSchema).optional(),
  /** The base's validation side, which chose the epoch: accuracy 0..1 and mean cost of the minimum-risk decisions. */
  validation: z.object({ before: figures, after: figures }),
  /** Of a network: what came of its U-Net. */
  masks: z
    .object({
      /** Fields learned from with a mask that a reader drew. */
      edited: z.int().nonnegative(),
      /** 0: no epoch was better than the base's U-Net, which stayed. */
      bestEpoch: z.int().nonnegative(),
      /** Mean Dice of cells and nuclei on what chose the epoch. */
      before: z.number(),
      after: z.number(),
    })
    .optional(),
});
export type TrainingOutcome = z.infer<typeof trainingOutcomeSchema>;
