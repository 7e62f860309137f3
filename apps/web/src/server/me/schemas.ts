import { passwordSchema, roleSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { idSchema, passwordEntrySchema, timestampSchema } from '../shared/schemas.ts';

/** The portal's own password, or the hospital's sign-on. */
const signedInBySchema = z.enum(['password', 'single-sign-on']);

export const profileSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  /** When this session ends whatever happens. */
  sessionExpiresAt: timestampSchema,
  /** Minutes without an act of its user after which it ends earlier. */
  idleMinutes: z.int().positive(),
  /** How this session began, which is how its user signs. */
  signedInBy: signedInBySchema,
  /** Until when a sign-on that was done again stands for one signature; null where none does. */
  signsUntil: timestampSchema.nullable(),
  /** What the hospital's sign-on is called; null where none is configured. */
  singleSignOn: z.string().nullable(),
});
export type Profile = z.infer<typeof profileSchema>;

export const changePasswordInput = z.object({ current: passwordEntrySchema, next: passwordSchema });

export const openSessionSchema = z.object({
  id: idSchema,
  signedInAt: timestampSchema,
  signedInBy: signedInBySchema,
  /** To within half a minute. */
  lastSeenAt: timestampSchema,
  /** When it ends whatever happens. */
  expiresAt: timestampSchema,
  /** The one that asks. */
  current: z.boolean(),
});
export type OpenSession = z.infer<typeof openSessionSchema>;

export const endSessionInput = z.object({ id: idSchema });
