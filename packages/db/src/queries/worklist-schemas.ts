import { maturityStageSchema, signOffSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { workStatusSchema } from '../rows.ts';

export const WORKLIST_SORTS = ['newest', 'expected-cost', 'margin', 'set-size', 'information'] as const;

/** What the network says against relying on its stage, of a field not yet read. */
export const FINDINGS = ['not-assessable', 'out-of-distribution', 'several-stages'] as const;
export const findingSchema = z.enum(FINDINGS);
export type Finding = z.infer<typeof findingSchema>;

/** What readers have left open: a dispute that a senior decides, or a field that waits for a second reader. */
export const UNSETTLED_STATUSES = ['disputed', 'open'] as const;
export const unsettledStatusSchema = z.enum(UNSETTLED_STATUSES);
export type UnsettledStatus = z.infer<typeof unsettledStatusSchema>;

export const worklistQuerySchema = z.object({
  /** `unread`: every case with a field that nobody has read, whatever the network made of it. */
  status: z.union([workStatusSchema, z.literal('unread')]).optional(),
  /** R12: only what readers said counts for `stage`. Ask for no order and no finding of the network's then. */
  withoutAi: z.boolean().optional(),
  /** Cases with at least one unread field of which this is found. */
  finding: findingSchema.optional(),
  /** Cases with at least one such field. */
  adjudication: unsettledStatusSchema.optional(),
  /** Cases signed off, and unchanged or changed since. */
  signOff: signOffSchema.optional(),
  /** Cases with at least one field of this standing stage: the settled one, else the latest reader's, else the decision's. */
  stage: maturityStageSchema.optional(),
  /** Part of the pseudonym, any case of letters. */
  search: z.string().trim().max(200).optional(),
  /** newest first, highest expected cost first, smallest probability margin first, most possible stages first, or most informative first. */
  sort: z.enum(WORKLIST_SORTS).default('newest'),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type WorklistQuery = z.infer<typeof worklistQuerySchema>;

const part = z.number();

/** Why a case stands where it does in the order `information`: of its most informative field, each part 0..1, their mean the score. */
export const informationSchema = z.object({
  score: part,
  /** Entropy of the probabilities against that of four equal ones. */
  spread: part,
  /** How close the two likeliest stages lie. */
  closeness: part,
  /** Expected cost against that of a second reading. */
  cost: part,
  /** How unlike the fields that the model learned from. */
  novelty: part,
});
export type Information = z.infer<typeof informationSchema>;

export const worklistRowSchema = z.object({
  caseId: z.uuid(),
  pseudonym: z.string(),
  /** In blind review: of what is not yet read nothing is said that comes from the network. */
  blindReview: z.boolean(),
  submittedBy: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.date(),
  /** One failed field makes the case failed, else one queued queued, else one deferred deferred, else one unread analysed. */
  status: workStatusSchema,
  images: z.array(
    z.object({ id: z.uuid(), status: workStatusSchema, stage: maturityStageSchema.nullable() }),
  ),
  /** Over the fields not yet read: the highest expected cost of a decision, the smallest probability margin; null without any. */
  expectedCost: z.number().nullable(),
  margin: z.number().nullable(),
  /** Of the fields not yet read; the most stages that cannot be ruled out, null without a prediction set. */
  findings: z.array(findingSchema),
  setSize: z.int().nullable(),
  /** Null in any other order, and without a field that is not yet read. */
  information: informationSchema.nullable(),
  unsettled: z.array(unsettledStatusSchema),
  /** Null: nobody has signed it. */
  signOff: signOffSchema.nullable(),
});
export type WorklistRow = z.infer<typeof worklistRowSchema>;

export const worklistPageSchema = z.object({
  rows: z.array(worklistRowSchema),
  nextCursor: z.string().nullable(),
});
export type WorklistPage = z.infer<typeof worklistPageSchema>;

export const worklistCountsSchema = z.record(workStatusSchema, z.int());
export type WorklistCounts = z.infer<typeof worklistCountsSchema>;
