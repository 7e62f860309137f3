import { roleSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { idSchema, personSchema, timestampSchema } from '../shared/schemas.ts';

export const auditEventSchema = z.object({
  id: z.string(),
  at: timestampSchema,
  actor: personSchema.nullable(),
  actorRole: roleSchema.nullable(),
  action: z.string(),
  subjectKind: z.string().nullable(),
  subjectId: z.string().nullable(),
  /** Names of the changed fields, never their values. */
  fields: z.array(z.string()),
  reason: z.string().nullable(),
  sealed: z.boolean(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

export const listAuditInput = z.object({
  action: z.string().max(80).optional(),
  actorId: idSchema.optional(),
  subjectId: z.string().max(80).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,19}$/)
    .nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export const auditPageSchema = z.object({
  events: z.array(auditEventSchema),
  nextCursor: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

/** `problems` names each row or head that does not hold, in one sentence each. */
export const auditVerificationSchema = z.object({
  intact: z.boolean(),
  checked: z.int().nonnegative(),
  problems: z.array(z.string()),
  verifiedAt: timestampSchema,
});
export type AuditVerification = z.infer<typeof auditVerificationSchema>;
