import { z } from 'zod';
import type { Decision } from './analysis.ts';
import { type MaturityStage, maturityStageSchema } from './stages.ts';

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

/** A stage, or null for "not assessable"; undefined: nothing was asserted. */
export type Assertion = MaturityStage | null | undefined;

/** What a decision says of a field. One that was deferred says nothing. */
export const assertionOf = ({ stage, defer }: Pick<Decision, 'stage' | 'defer'>): Assertion =>
  defer ? undefined : stage;

/** Whether a reading shows what was asserted to be an error. Only an error has a severity other than "none". */
export const isErrorBy = ({ stage }: Pick<CorrectionInput, 'stage'>, asserted: Assertion): boolean =>
  asserted !== undefined && asserted !== stage;
