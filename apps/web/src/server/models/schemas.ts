import {
  judgedSideSchema,
  judgementSchema,
  maturityStageSchema,
  sha256Schema,
  trainingKindSchema,
  verdictSchema,
} from '@blastwise/contracts';
import { modelStateSchema } from '@blastwise/db';
import { z } from 'zod';
import { courseSchema, intervalledSchema } from '../progress/schemas.ts';
import {
  confirmationSchema,
  idSchema,
  personSchema,
  reasonTextSchema,
  timestampSchema,
} from '../shared/schemas.ts';

export const modelVersionSchema = z.object({
  digest: z.string(),
  name: z.string(),
  /** The model card, Markdown. */
  card: z.string(),
  /** Names of the training run's plots, served as SVG to admins. */
  plots: z.array(z.string()),
  inServiceFrom: timestampSchema.nullable(),
  createdAt: timestampSchema,
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;

/** Where a retrained model comes from. */
export const modelLineageSchema = z.object({
  base: sha256Schema,
  /** The model in service then, where the base is one before it: it had learned so many labels withdrawn since. */
  passedOver: z.object({ digest: sha256Schema, labels: z.int().positive() }).nullable(),
  kind: trainingKindSchema,
  /** Corrected fields that went in. */
  corrections: z.int().nonnegative(),
  /** Patients that they are of. */
  patients: z.int().nonnegative(),
  /** Patients kept for the test side. */
  reserved: z.int().nonnegative(),
  /** Fields left out because they show what a held-out image shows. */
  quarantined: z.int().nonnegative(),
});

export const lineageInput = z.object({ digest: sha256Schema });

/** What became of a corrected field, or of a patient kept for the test side, when a model was retrained. */
export const lineageFieldSchema = z.object({
  /** Null: all of a patient. */
  imageId: z.string().nullable(),
  /** The patient's first one, of a patient; null: the field is one of another installation. */
  caseId: z.string().nullable(),
  /** As it was learned; null where nothing was learned. */
  stage: maturityStageSchema.nullable(),
  use: z.enum(['learned', 'chose the epoch', 'reserved', 'quarantined', 'withdrawn']),
  /** The held-out image that a quarantined field resembles. */
  against: z.string().nullable(),
});
export type LineageField = z.infer<typeof lineageFieldSchema>;

/** A line of the registry. Champion: serves. Refused: the gate said so last. Retired: served before. */
export const registeredModelSchema = modelVersionSchema.extend({
  state: modelStateSchema,
  registeredBy: personSchema.nullable(),
  /** Who started or resumed a training of it. */
  trainers: z.array(personSchema),
  inServiceBy: personSchema.nullable(),
  /** Null: trained from images. */
  lineage: modelLineageSchema.nullable(),
  /** Why what the gate said last is nothing to promote it on; null: a second person may. */
  hindrance: z.string().nullable(),
});
export type RegisteredModel = z.infer<typeof registeredModelSchema>;

export const lockedTestSetSchema = z.object({
  id: idSchema,
  name: z.string(),
  origin: z.string(),
  contentSha256: sha256Schema,
  /** False: features, as one network sees the fields; only models of that network can be judged on them. */
  hasImages: z.boolean(),
  fields: z.int().positive(),
  groups: z.int().positive(),
  budget: z.int().positive(),
  used: z.int().nonnegative(),
  /** Names of the sets that show some of the same fields: they share uses and budget. */
  sharesWith: z.array(z.string()),
});
export type LockedTestSet = z.infer<typeof lockedTestSetSchema>;

/** A use of a locked test set; without verdict and failure it waits for the inference service. */
export const lockedTestUseSchema = z.object({
  id: idSchema,
  setName: z.string(),
  championDigest: sha256Schema,
  challengerDigest: sha256Schema,
  requestedBy: personSchema,
  /** By how much the rate of malignant fields called Benign may rise, and who had set that; null: nobody. */
  margin: z.number(),
  marginSetBy: personSchema.nullable(),
  createdAt: timestampSchema,
  endedAt: timestampSchema.nullable(),
  verdict: verdictSchema.nullable(),
  judgement: judgementSchema.nullable(),
  failure: z.string().nullable(),
});
export type LockedTestUse = z.infer<typeof lockedTestUseSchema>;

export const judgeModelInput = z.object({ digest: sha256Schema, setId: idSchema });
export const promoteModelInput = z.object({
  digest: sha256Schema,
  reason: reasonTextSchema,
  password: confirmationSchema,
});
export const rollBackModelInput = z.object({ digest: sha256Schema, reason: reasonTextSchema });

/** Fields of a comparison that are sent at once unless asked otherwise. */
const COMPARED_AT_ONCE = 50;

export const compareInput = z.object({
  first: sha256Schema,
  second: sha256Schema,
  limit: z.int().positive().default(COMPARED_AT_ONCE),
});

/** What a model said of a field, decided by lowest expected cost. */
export const comparedAnswerSchema = z.object({
  stage: maturityStageSchema,
  /** False: in service no stage would have been given. */
  assessable: z.boolean(),
  /** Of the stage, calibrated, 0..1. */
  probability: z.number(),
  /** Of the stage before the truth is known, and after; in the unit of the matrix. */
  expectedCost: z.number(),
  cost: z.number(),
});
export type ComparedAnswer = z.infer<typeof comparedAnswerSchema>;

export const comparedFieldSchema = z.object({
  side: judgedSideSchema,
  place: z.int().nonnegative(),
  setId: idSchema,
  setName: z.string(),
  /** False: only the features of the set's fields are kept, so there is nothing to see. */
  setHasImages: z.boolean(),
  imageId: idSchema.nullable(),
  caseId: idSchema.nullable(),
  group: z.string(),
  actual: maturityStageSchema,
  first: comparedAnswerSchema,
  second: comparedAnswerSchema,
});
export type ComparedField = z.infer<typeof comparedFieldSchema>;

const costMatrixNameSchema = z.object({ version: z.int().positive(), name: z.string() });

export const modelComparisonSchema = z.object({
  costMatrix: costMatrixNameSchema,
  /** Fields on which both were judged. */
  total: z.int().nonnegative(),
  /** Of those, the ones to which they give different stages. */
  differing: z.int().nonnegative(),
  /** Mean per field with its 95 % interval over groups; the difference is the second minus the first. Null: no field. */
  cost: z.object({
    first: intervalledSchema.nullable(),
    second: intervalledSchema.nullable(),
    difference: intervalledSchema.nullable(),
  }),
  /** Fields of cases in blind review: they count above, and are not among those below. */
  blind: z.int().nonnegative(),
  /** Those that divide the models first; at most as many as were asked for. */
  fields: z.array(comparedFieldSchema),
});
export type ModelComparison = z.infer<typeof modelComparisonSchema>;

export const servingCourseSchema = z.object({
  costMatrix: costMatrixNameSchema,
  /** Patients below which a figure is not given. */
  leastPatients: z.int().positive(),
  /** Newest model first; only those whose answers were read in blind review. Cost per 100 cases. */
  models: z.array(
    z.object({ digest: sha256Schema, name: z.string(), state: modelStateSchema, course: courseSchema }),
  ),
});
export type ServingCourse = z.infer<typeof servingCourseSchema>;
