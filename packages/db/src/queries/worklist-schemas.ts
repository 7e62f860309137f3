import { maturityStageSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { workStatusSchema } from '../rows.ts';

export const WORKLIST_SORTS = ['newest', 'expected-cost', 'margin'] as const;

export const worklistQuerySchema = z.object({
  status: workStatusSchema.optional(),
  /** Cases with at least one field of this standing stage: the reader's where read, the decision's otherwise. */
  stage: maturityStageSchema.optional(),
  /** Part of the pseudonym, any case of letters. */
  search: z.string().trim().max(200).optional(),
  /** newest first, highest expected cost first, or smallest probability margin first. */
  sort: z.enum(WORKLIST_SORTS).default('newest'),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type WorklistQuery = z.infer<typeof worklistQuerySchema>;

export const worklistRowSchema = z.object({
  caseId: z.uuid(),
  pseudonym: z.string(),
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
});
export type WorklistRow = z.infer<typeof worklistRowSchema>;

export const worklistPageSchema = z.object({
  rows: z.array(worklistRowSchema),
  nextCursor: z.string().nullable(),
});
export type WorklistPage = z.infer<typeof worklistPageSchema>;

export const worklistCountsSchema = z.record(workStatusSchema, z.int());
export type WorklistCounts = z.infer<typeof worklistCountsSchema>;
