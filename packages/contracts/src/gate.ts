import { z } from 'zod';
import { sha256Schema } from './analysis.ts';
import type { Severity } from './review.ts';
import { maturityStageSchema, stageProbabilitiesSchema } from './stages.ts';

/** What the gate says of a challenger. */
export const VERDICTS = ['promote', 'refuse', 'insufficient-evidence'] as const;
export const verdictSchema = z.enum(VERDICTS);
export type Verdict = z.infer<typeof verdictSchema>;

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** A challenger weighed against the champion on one test set; costs are per field, challenger minus champion. */
export const comparisonSchema = z.object({
  verdict: verdictSchema,
  promote: z.boolean(),
  /** Plain sentences with their figures, the deciding ones first. */
  reasons: z.array(z.string()).readonly(),
  fields: count,
  groups: count,
  costDifference: z.object({ mean: z.number(), lower: z.number(), upper: z.number(), p: share }),
  malignantToBenign: z.object({
    /** Malignant fields called Benign / malignant fields; null where no field is malignant. */
    champion: share.nullable(),
    challenger: share.nullable(),
    /** One-sided 95 % upper bound of the rise, -1..1. */
    upper: z.number(),
    fields: count,
    groups: count,
    onlyChampion: count,
    onlyChallenger: count,
    margin: share,
  }),
  /** Groups whose cost under the two models differs. */
  discordantGroups: count,
  /** The p value that must be reached: alpha / budget. */
  level: share,
  /** The smallest p value that so many discordant groups can reach. */
  smallestP: share,
  /** Gain per field that would have reached the level; null where none could. */
  smallestDetectable: z.number().nullable(),
  budget: z.int().positive(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** The whole verdict on a challenger: from the locked test set and from the groups reserved among corrected cases. */
export const judgementSchema = z.object({
  verdict: verdictSchema,
  promote: z.boolean(),
  reasons: z.array(z.string()).readonly(),
  /** What decided: the reserved groups only where the champion cannot be beaten on the locked set. */
  decidedOn: z.enum(['locked', 'reserved']),
  locked: comparisonSchema,
  /** Null where no corrected group is reserved. */
  reserved: comparisonSchema.nullable(),
  /**
   * On the first locked set that can judge both, where another one was judged on: a model may not be bought by being
   * ruined elsewhere. Null where the set judged on is the first; missing in judgements from before the guard.
   */
  guard: z
    .object({ setId: z.uuid(), setName: z.string(), comparison: comparisonSchema })
    .nullable()
    .optional(),
});
export type Judgement = z.infer<typeof judgementSchema>;

/** Which of a judgement's two test sets a field belongs to. */
export const JUDGED_SIDES = ['locked', 'reserved'] as const;
export const judgedSideSchema = z.enum(JUDGED_SIDES);
export type JudgedSide = z.infer<typeof judgedSideSchema>;

/**
 * How the answer that the portal showed of a field was received. `unopposed`: its first reader agreed, or nobody has read the
 * field; `deferred`: no stage was given; `unseen`: its first reader did not see it; else its first reader named another
 * stage and judged the error so harmful.
 */
export type Reception = 'unopposed' | 'deferred' | 'unseen' | `overridden ${Severity}`;

/** What one model said of a field of a test set. */
export const judgedAnswerSchema = z.object({
  probabilities: stageProbabilitiesSchema,
  /** Where not, the gate counts the cheapest stage all the same. */
  assessable: z.boolean(),
});
export type JudgedAnswer = z.infer<typeof judgedAnswerSchema>;

/** A labelled image of a locked test set. */
export const lockedTestImageSchema = z.object({
  blobSha256: sha256Schema,
  /** Of the file that it was made from: data sets know their images by it. */
  fileSha256: sha256Schema.optional(),
  stage: maturityStageSchema,
  /** Look-alike fields share one. */
  group: z.string().min(1),
});
export type LockedTestImage = z.infer<typeof lockedTestImageSchema>;

/** By how much the rate of malignant fields called Benign may rise: unless an admin sets another margin, and at most. */
export const GATE_MARGIN = 0.01;
export const GATE_LARGEST_MARGIN = 0.1;

/** Uses that a locked test set allows unless said otherwise; each case reserved for the test side allows as many. */
export const LOCKED_TEST_BUDGET = 20;

/** Uses that it allows at most: shared by more, the gate's alpha is below what its draws can prove. */
export const LOCKED_TEST_LARGEST_BUDGET = 500;
