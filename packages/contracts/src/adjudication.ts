import { z } from 'zod';
import { type Severity, severitySchema } from './review.ts';
import { maturityStageSchema } from './stages.ts';

/** Why a senior is wanted: readers say different things, or the error weighs too much for them to settle alone. */
export const DISPUTES = ['disagreement', 'severity'] as const;
/** What a settled field rests on: a senior's word, a conclusive method, or readers who agree. */
export const GROUNDS = ['senior', 'confirmation', 'agreement'] as const;

/** How grave an error can be that readers do not settle alone. */
export const graveSeveritySchema = severitySchema.exclude(['none']);

/** What goes to a senior even where readers agree. */
export interface AdjudicationPolicy {
  readonly seniorDecides: readonly Severity[];
}

/**
 * What is held to be true of a field once somebody has read it. `open`: another reader is wanted. `disputed`: a senior is.
 * `adjudicated`: the truth that corrections of costs and training take; stage null: not assessable.
 */
export const adjudicationSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('open') }),
  z.object({ status: z.literal('disputed'), why: z.enum(DISPUTES) }),
  z.object({
    status: z.literal('adjudicated'),
    stage: maturityStageSchema.nullable(),
    by: z.enum(GROUNDS),
  }),
]);
export type Adjudication = z.infer<typeof adjudicationSchema>;

export const ADJUDICATION_STATUSES = [
  'open',
  'disputed',
  'adjudicated',
] as const satisfies readonly Adjudication['status'][];
