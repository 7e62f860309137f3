import {
  passedOverSchema,
  sha256Schema,
  trainingOptionsSchema,
  trainingOutcomeSchema,
  trainingProgressSchema,
  trainingStateSchema,
  withdrawnFieldSchema,
} from '@blastwise/contracts';
import { z } from 'zod';
import { idSchema, personSchema, reasonTextSchema, timestampSchema } from '../shared/schemas.ts';

const count = z.int().nonnegative();

/** What a training that is asked for now would learn from. */
export const trainingGroundSchema = z.object({
  /** What would be retrained; null: no model is in service. */
  base: z.object({ digest: sha256Schema, name: z.string() }).nullable(),
  /** The model in service, where it has learned labels that were withdrawn since and the base is one before it. */
  passedOver: passedOverSchema.nullable(),
  /** Why nothing can be retrained, one sentence. */
  problem: z.string().nullable(),
  /** Fields settled as one of the four stages, and their patients. */
  settled: count,
  patients: count,
  /** Of these fields, those of patients that are kept for the test side and never learned from. */
  reserved: count,
  /** Fields to learn from that the base does not know, or knows by another stage. */
  fresh: count,
  /** The data folder of the services, of the base's own fields; null: none was registered. */
  folder: z
    .object({
      fields: count,
      /** Why it is not the base's data, one sentence; null: it is, and blocks and U-Net can be trained. */
      problem: z.string().nullable(),
      /** Settled fields to learn from with a mask that a reader drew. */
      edited: count,
    })
    .nullable(),
});
export type TrainingGround = z.infer<typeof trainingGroundSchema>;

/** Where a field is to be looked up; null: it is one of another installation. */
const placed = { caseId: idSchema.nullable() };
const namedFieldSchema = withdrawnFieldSchema.omit({ group: true }).extend(placed);
const { element: quarantinedSchema } = trainingOutcomeSchema.shape.quarantined;

export const trainingSchema = trainingOptionsSchema.extend({
  id: idSchema,
  /** Null: somebody at the server's command line. */
  requestedBy: personSchema.nullable(),
  requestedAt: timestampSchema,
  reason: z.string(),
  baseDigest: sha256Schema,
  /** The model that was in service, where the base is one before it. */
  passedOver: passedOverSchema.extend({ fields: z.array(namedFieldSchema) }).nullable(),
  costMatrixVersion: z.int(),
  /** Settled fields when it was asked for. */
  fields: count,
  /** Of a network: fields of the registered folder; null: a head. */
  folderFields: count.nullable(),
  manifestSha256: sha256Schema,
  state: trainingStateSchema,
  progress: trainingProgressSchema.nullable(),
  startedAt: timestampSchema.nullable(),
  endedAt: timestampSchema.nullable(),
  resultDigest: sha256Schema.nullable(),
  outcome: trainingOutcomeSchema
    .extend({
      quarantined: z.array(quarantinedSchema.omit({ group: true }).extend(placed)),
      withdrawn: z.array(namedFieldSchema).optional(),
    })
    .nullable(),
  failure: z.string().nullable(),
});
export type Training = z.infer<typeof trainingSchema>;

export const requestTrainingInput = trainingOptionsSchema.extend({ reason: reasonTextSchema });
export type RequestTraining = z.infer<typeof requestTrainingInput>;

export const trainingIdInput = z.object({ id: idSchema });
