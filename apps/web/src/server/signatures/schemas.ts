import { roleSchema, sha256Schema, signatureMeaningSchema, signatureStateSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { confirmationSchema, idSchema, timestampSchema } from '../shared/schemas.ts';

/** One signature under a case, verified when it was asked for. */
export const signatureSchema = z.object({
  id: idSchema,
  /** Name and role as they were at signing. */
  name: z.string(),
  role: roleSchema,
  meaning: signatureMeaningSchema,
  signedAt: timestampSchema,
  state: signatureStateSchema,
});

/** What the caller would sign, and what has been signed. */
export const signingSchema = z.object({
  /** Newest first. */
  signatures: z.array(signatureSchema),
  /** Digest of the record as the caller sees it; null while a field is unread. */
  record: sha256Schema.nullable(),
});
export type Signing = z.infer<typeof signingSchema>;

export const signInput = z.object({
  caseId: idSchema,
  meaning: signatureMeaningSchema,
  /** `record` of the case as it was shown. */
  record: sha256Schema,
  password: confirmationSchema,
});
