import { emailSchema, passwordSchema, roleSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { idSchema, passwordEntrySchema, reasonTextSchema, timestampSchema } from '../shared/schemas.ts';

export const userSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  disabledAt: timestampSchema.nullable(),
  createdAt: timestampSchema,
});
export type User = z.infer<typeof userSchema>;

export const createUserInput = z.object({
  email: emailSchema,
  name: z.string().trim().min(1, 'Give a name.').max(120, 'Keep the name under 120 characters.'),
  role: roleSchema,
  password: passwordSchema,
  reason: reasonTextSchema,
});

/** A role is a signature of trust: the admin types the own password again. */
export const setRoleInput = z.object({
  id: idSchema,
  role: roleSchema,
  reason: reasonTextSchema,
  password: passwordEntrySchema,
});

export const setDisabledInput = z.object({ id: idSchema, disabled: z.boolean(), reason: reasonTextSchema });
