import { costMatrixSchema, sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';
import { DEFAULT_HYBRID, hybridConfigSchema, type ModelName } from '../architecture/index.ts';
import { TRAINING_VIEWS } from './views/index.ts';

/** A hybrid of any backbone. */
export type TrainableModel = ModelName;

const share = z.number().min(0).max(1);
const rate = z.number().positive().max(1);

/** How one network part is fitted: AdamW under a one-cycle schedule, stopped early on the validation side. */
export const fitConfigSchema = z.strictObject({
  epochs: z.int().min(1).max(1000),
  batch: z.int().min(1).max(256),
  peakRate: rate,
  /** Share of the steps that warm up. */
  warmUp: share,
  weightDecay: z.number().min(0).max(1),
  /** Epochs without a better validation score before training stops. */
  patience: z.int().min(1),
});
export type FitConfig = z.infer<typeof fitConfigSchema>;

/** What the U-Net is shown: shares of its crops; the rest are the fields' own cells. */
export const cropsConfigSchema = z
  .strictObject({
    /** With drawn white cells of kinds that the fields hardly show, in place of their own. */
    drawn: share,
    /** White cells painted over: nothing to be found. */
    cellLess: share,
    /** Everything but the white cells painted over. */
    cellsOnly: share,
    /** Of all crops: with the colours of another stage's field, with another stain's, without colour, with JPEG blocks. */
    recoloured: share,
    restained: share,
    grey: share,
    jpeg: share,
    /** Smallest and largest enlargement. */
    scale: z.tuple([z.number().positive(), z.number().positive().max(4)]),
  })
  .refine((c) => c.drawn + c.cellLess + c.cellsOnly <= 1 && c.recoloured + c.restained <= 1, {
    error: 'The shares of the crops add up to more than all.',
  });

export const masksConfigSchema = fitConfigSchema.extend({
  stepsPerEpoch: z.int().min(1),
  /** Side of the random crops, at full resolution; the U-Net's pools must halve it. */
  crop: z.int().min(16).max(224),
  crops: cropsConfigSchema,
  /** Fields of the validation side that the epochs are judged on. */
  validationFields: z.int().min(1),
});
export type MasksConfig = z.infer<typeof masksConfigSchema>;

export const viewConfigSchema = z.strictObject({
  kind: z.enum(TRAINING_VIEWS),
  /** How many copies of every field are cached. */
  copies: z.int().min(1).max(8),
  /** How often a copy of this kind is drawn, against the other kinds' shares. */
  share: z.number().positive(),
});

export const stagesConfigSchema = fitConfigSchema.extend({
  /**
   * The backbone's learning rate as a share of the head's: what it has learned from a million photographs is easily
   * lost (discriminative rates, Howard and Ruder 2018).
   */
  backboneRate: share.default(1),
  /** The backbone learns with its batch norms, which are folded into its filters again when it has learned. */
  unfoldBatchNorms: z.boolean().default(false),
  /** Last of the upper part's layers that stay as they are, where freezing ends inside a block. */
  frozenThrough: z.string().optional(),
  labelSmoothing: z.number().min(0).max(0.5),
  /** Weight of the expected-cost term beside the cross-entropy; 0 leaves the loss blind to costs. */
  costWeight: z.number().min(0).max(100),
  views: z.array(viewConfigSchema).min(1),
});
export type StagesConfig = z.infer<typeof stagesConfigSchema>;

/** Weights of a file, by its hash, and whether Keras publishes what it was made from; or drawn at random. */
export const initialWeightsSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('file'), sha256: sha256Schema, published: z.boolean() }),
  z.strictObject({ from: z.literal('scratch') }),
]);

/** All that decides a training run beside its data; it lies in the run record. */
export const trainingConfigSchema = z.strictObject({
  hybrid: hybridConfigSchema,
  /** What the backbone's weights were before; missing for those that come with the package. */
  initial: initialWeightsSchema.optional(),
  masks: masksConfigSchema,
  stages: stagesConfigSchema,
  /** Groups are also dealt to this many folds, each judged by a training of its own; 0 for none. */
  folds: z
    .int()
    .min(0)
    .max(20)
    .refine((n) => n !== 1, 'One fold leaves nothing to train on.'),
  costs: costMatrixSchema,
  seed: z.int().nonnegative(),
});
export type TrainingConfig = z.infer<typeof trainingConfigSchema>;

export type Recipe = Omit<TrainingConfig, 'costs' | 'seed' | 'folds' | 'initial'>;

/** The starter's recipe: with five folds less than two hours on two cores. */
export const STARTER_RECIPE: Recipe = {
  hybrid: { ...DEFAULT_HYBRID, tap: 'block_9_add', dropout: 0.2, l2: 1e-4 },
  masks: {
    epochs: 20,
    stepsPerEpoch: 60,
    batch: 12,
    peakRate: 4e-3,
    warmUp: 0.2,
    weightDecay: 1e-4,
    patience: 20,
    crop: 96,
    crops: {
      drawn: 0.35,
      cellLess: 0.12,
      cellsOnly: 0.08,
      recoloured: 0.3,
      restained: 0.35,
      grey: 0.35,
      jpeg: 0.3,
      scale: [0.6, 1.6],
    },
    validationFields: 48,
  },
  stages: {
    epochs: 24,
    batch: 32,
    peakRate: 1e-3,
    backboneRate: 0.5,
    unfoldBatchNorms: true,
    warmUp: 0.15,
    weightDecay: 0.02,
    patience: 24,
    labelSmoothing: 0.05,
    costWeight: 0,
    views: [
      { kind: 'plain', copies: 3, share: 0.15 },
      { kind: 'recoloured', copies: 3, share: 0.17 },
      { kind: 'grey', copies: 1, share: 0.06 },
      { kind: 'cells-on-foreign', copies: 4, share: 0.28 },
      { kind: 'cells-on-colour', copies: 4, share: 0.28 },
      { kind: 'cell-less', copies: 2, share: 0.06 },
    ],
  },
};
