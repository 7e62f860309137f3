import { z } from 'zod';

/** UTC instant on the wire, ISO 8601. */
export const timestampSchema = z.iso.datetime();
export const idSchema = z.uuid();

/** Who did it, as shown beside a record. */
export const personSchema = z.object({ id: idSchema, name: z.string() });
export type Person = z.infer<typeof personSchema>;

/** Why a matrix, a model, a role or a setting is touched; kept in the audit trail. */
export const reasonTextSchema = z
  .string()
  .trim()
  .min(3, 'Give a reason of at least 3 characters.')
  .max(500, 'Keep the reason under 500 characters.');

/** Typed again; its rules were checked when it was chosen. */
export const passwordEntrySchema = z.string().min(1, 'Type your password.').max(256);

/** Who signs proves who they are: the password typed again, or nothing where single sign-on has been done again. */
export const confirmationSchema = z.string().max(256);

export const doneSchema = z.object({ done: z.literal(true) });
export const DONE: z.infer<typeof doneSchema> = { done: true };

export const iso = (instant: Date): string => instant.toISOString();
export const isoOrNull = (instant: Date | null): string | null => instant?.toISOString() ?? null;
