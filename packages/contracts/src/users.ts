import { z } from 'zod';

/** clinician: submits and reviews; senior: also decides disagreements; admin: users, matrices, models, audit. */
export const ROLES = ['clinician', 'senior', 'admin'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

export const emailSchema = z.email('Give a valid e-mail address.').max(254).toLowerCase();
export const passwordSchema = z
  .string()
  .min(12, 'Use at least 12 characters.')
  .max(256, 'Use at most 256 characters.');
