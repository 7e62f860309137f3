import { emailSchema, passwordSchema, roleSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { confirmationSchema, idSchema, reasonTextSchema, timestampSchema } from '../shared/schemas.ts';

export const userSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  /** Somebody else chose the password and its owner has not signed in to change it yet. */
  mustChangePassword: z.boolean(),
  disabledAt: timestampSchema.nullable(),
  createdAt: timestampSchema,
});
export type User = z.infer<typeof userSchema>;

/** Who may sign in, and as what, is a matter of trust: the admin says why and proves again who it is. */
const signature = { reason: reasonTextSchema, password: confirmationSchema };

/** Fields that wait for a senior while there is none; 0 where there is one. */
export const withoutSeniorSchema = z.object({ fields: z.int().nonnegative() });
export type WithoutSenior = z.infer<typeof withoutSeniorSchema>;

export const createUserInput = z.object({
  email: emailSchema,
  name: z.string().trim().min(1, 'Give a name.').max(120, 'Keep the name under 120 characters.'),
  role: roleSchema,
  /** None for who signs on at the hospital alone. */
  firstPassword: passwordSchema.optional(),
  ...signature,
});

export const setRoleInput = z.object({
  id: idSchema,
  role: roleSchema,
  ...signature,
});

export const setDisabledInput = z.object({ id: idSchema, disabled: z.boolean(), ...signature });

export const resetPasswordInput = z.object({ id: idSchema, firstPassword: passwordSchema, ...signature });

export const endSessionsInput = z.object({ id: idSchema, ...signature });
