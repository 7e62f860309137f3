import { z } from 'zod';
import type { Role } from './users.ts';

/** What a signature under a case says, in the words that its signer reads and that are shown with it ever after. */
export const SIGNATURE_MEANINGS = {
  reviewed: 'I reviewed this case.',
  approved: 'I approve the readings of this case.',
} as const;
export const SIGNATURE_MEANING_NAMES = ['reviewed', 'approved'] as const;
export const signatureMeaningSchema = z.enum(SIGNATURE_MEANING_NAMES);
export type SignatureMeaning = z.infer<typeof signatureMeaningSchema>;

/** Who reads may say that a case was reviewed; a senior may also approve what the readers say. */
export const meaningsOf = (role: Role): readonly SignatureMeaning[] =>
  role === 'senior' ? SIGNATURE_MEANING_NAMES : role === 'clinician' ? ['reviewed'] : [];

/** `changed`: genuine, but the record is no longer what was signed. `not-genuine`: the signature itself was altered. */
export const signatureStateSchema = z.enum(['valid', 'changed', 'not-genuine']);
export type SignatureState = z.infer<typeof signatureStateSchema>;

/** Of a case with signatures: whether a reading was added after the latest one. */
export const SIGN_OFFS = ['signed', 'changed'] as const;
export const signOffSchema = z.enum(SIGN_OFFS);
export type SignOff = z.infer<typeof signOffSchema>;
