import { judgementSchema, sha256Schema, verdictSchema } from '@blastwise/contracts';
import { modelStateSchema } from '@blastwise/db';
import { z } from 'zod';
import {
  idSchema,
  passwordEntrySchema,
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
  /** Corrected fields that went in. */
  corrections: z.int().nonnegative(),
  /** Cases that they belong to. */
  cases: z.array(z.string()),
  /** Cases kept for the test side. */
  reserved: z.int().nonnegative(),
  /** Fields left out because they show what a held-out image shows. */
  quarantined: z.int().nonnegative(),
});

/** A line of the registry. Champion: serves. Refused: the gate said so last. Retired: served before. */
export const registeredModelSchema = modelVersionSchema.extend({
  state: modelStateSchema,
  registeredBy: personSchema.nullable(),
  trainedBy: personSchema.nullable(),
  inServiceBy: personSchema.nullable(),
  /** Null: trained from images. */
  lineage: modelLineageSchema.nullable(),
});
export type RegisteredModel = z.infer<typeof registeredModelSchema>;

export const lockedTestSetSchema = z.object({
  id: idSchema,
  name: z.string(),
  origin: z.string(),
  contentSha256: sha256Schema,
  fields: z.int().positive(),
  groups: z.int().positive(),
  budget: z.int().positive(),
  used: z.int().nonnegative(),
});
export type LockedTestSet = z.infer<typeof lockedTestSetSchema>;

/** A use of a locked test set; without verdict and failure it waits for the inference service. */
export const lockedTestUseSchema = z.object({
  id: idSchema,
  setName: z.string(),
  championDigest: sha256Schema,
  challengerDigest: sha256Schema,
  requestedBy: personSchema,
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
  password: passwordEntrySchema,
});
export const rollBackModelInput = z.object({ digest: sha256Schema, reason: reasonTextSchema });
