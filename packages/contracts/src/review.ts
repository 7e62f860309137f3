import { z } from 'zod';
import { maturityStageSchema } from './stages.ts';

export const CERTAINTIES = ['sure', 'probable', 'unsure'] as const;
export const CONFIRMATIONS = ['morphology', 'cytochemistry', 'flow-cytometry', 'genetics'] as const;
export const SEVERITIES = ['none', 'minor', 'moderate', 'serious', 'critical'] as const;

export const certaintySchema = z.enum(CERTAINTIES);
export const confirmationSchema = z.enum(CONFIRMATIONS);
export const severitySchema = z.enum(SEVERITIES);
export type Certainty = z.infer<typeof certaintySchema>;
export type Confirmation = z.infer<typeof confirmationSchema>;
export type Severity = z.infer<typeof severitySchema>;

/** What a reader says of one field. `stage` null means "not assessable". */
export const correctionInputSchema = z.object({
  stage: maturityStageSchema.nullable(),
  certainty: certaintySchema,
  confirmedBy: confirmationSchema,
  severity: severitySchema,
  comment: z.string().trim().max(2000, 'Keep the comment under 2,000 characters.').default(''),
});
export type CorrectionInput = z.infer<typeof correctionInputSchema>;
