import { passwordSchema, roleSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { idSchema, passwordEntrySchema, timestampSchema } from '../shared/schemas.ts';

export const profileSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  /** When this session ends whatever happens. */
  sessionExpiresAt: timestampSchema,
  /** Minutes without an act of its user after which it ends earlier. */
  idleMinutes: z.int().positive(),
});
export type Profile = z.infer<typeof profileSchema>;

export const changePasswordInput = z.object({ current: passwordEntrySchema, next: passwordSchema });
