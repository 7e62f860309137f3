import { maturityStageSchema, passedOverSchema, sha256Schema } from '@blastwise/contracts';
import { z } from 'zod';

const id = z.string().min(1);

/** A labelled field that a head was made from beside the fields of its base. */
export const correctionSchema = z.strictObject({
  id,
  /** Fields of one group (patient) stay on one side. */
  group: id,
  stage: maturityStageSchema,
  /** Whether it was learned from or helped to choose the epoch. */
  side: z.enum(['train', 'validation']),
  /** How much the field counts in the loss, against 1 of the base's own. */
  weight: z.number().positive(),
  /** SHA-256 of the image file. */
  sha256: sha256Schema,
  /** SHA-256 of the masks that readers drew, where the masks were learned as well. */
  masks: z.strictObject({ cells: sha256Schema.nullable(), nuclei: sha256Schema.nullable() }).optional(),
});
export type Correction = z.infer<typeof correctionSchema>;

/** Where a retrained model comes from. */
export const lineageSchema = z.strictObject({
  /** Digest of the model that it was made from. */
  base: sha256Schema,
  /** All corrections in the model, by id: the last rows of the features file, in this order. */
  corrections: z.array(correctionSchema),
  /** SHA-256 over that list as canonical JSON. */
  correctionsSha256: sha256Schema,
  /** Groups that were kept for the test side: nothing was learned from them. */
  reserved: z.array(id),
  /** Fields left out because they show what a held-out image shows. */
  quarantined: z.array(z.strictObject({ id, against: id, kind: z.enum(['bytes', 'pixels', 'near']) })),
  /** Corrections that a model before had learned from and that are left out since: no longer settled, or held out now. */
  withdrawn: z.array(correctionSchema).optional(),
  /** The model in service, where the base is one before it that had not learned what was withdrawn since. */
  passedOver: passedOverSchema.optional(),
});
export type Lineage = z.infer<typeof lineageSchema>;
