import { z } from 'zod';
import { idSchema, personSchema, timestampSchema } from '../shared/schemas.ts';

export const auditEventSchema = z.object({
  id: z.int(),
  at: timestampSchema,
  actor: personSchema.nullable(),
  /** A role of contracts, or 'system' or 'anonymous'. */
  actorRole: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string().nullable(),
  /** Names of the changed fields, never their values. */
  fields: z.array(z.string()),
  reason: z.string().nullable(),
  /** Place in the sealed chain; null: not sealed yet. */
  seq: z.int().nullable(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

export const listAuditInput = z.object({
  /** An action, or how it begins. */
  action: z.string().max(80).optional(),
  /** Null: the service itself, or nobody signed in. */
  actorId: idSchema.nullable().optional(),
  since: timestampSchema.optional(),
  before: timestampSchema.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'This page of the audit trail does not exist; start from the first one.')
    .nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export const auditPageSchema = z.object({
  events: z.array(auditEventSchema),
  nextCursor: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

export const auditVerificationSchema = z.object({
  ok: z.boolean(),
  /** Sealed events found good before the first fault. */
  checked: z.int().nonnegative(),
  unsealed: z.int().nonnegative(),
  /** The first fault in one sentence, with the event and its place in the chain. */
  fault: z
    .object({ kind: z.string(), eventId: z.int().nullable(), seq: z.int().nullable(), sentence: z.string() })
    .nullable(),
  verifiedAt: timestampSchema,
});
export type AuditVerification = z.infer<typeof auditVerificationSchema>;
