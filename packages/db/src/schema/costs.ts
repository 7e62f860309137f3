import { COST_MATRIX_STATUSES, type CostBasis, type CostTable } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant, isSha256, oneOf } from './columns.ts';
import { users } from './users.ts';

/**
 * Versions of the misclassification costs, `matrix[actual][predicted]`. What a version says never changes;
 * only its status moves: draft -> proposed -> active -> retired, or -> rejected.
 */
export const costMatrices = pgTable(
  'cost_matrices',
  {
    id: id(),
    version: integer('version').notNull().unique(),
    name: text('name').notNull(),
    matrix: jsonb('matrix').$type<CostTable>().notNull(),
    referralCost: doublePrecision('referral_cost').notNull(),
    digest: text('digest').notNull(),
    validated: boolean('validated').notNull().default(false),
    status: text('status', { enum: COST_MATRIX_STATUSES }).notNull(),
    /** What a version computed from readings rests on: evidence, weights, posterior of every cell; null: drawn by hand. */
    basis: jsonb('basis').$type<CostBasis>(),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: createdAt(),
    reason: text('reason'),
    proposedBy: uuid('proposed_by').references(() => users.id),
    proposedAt: instant('proposed_at'),
    decidedBy: uuid('decided_by').references(() => users.id),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
    retiredAt: instant('retired_at'),
  },
  (t) => [
    uniqueIndex('cost_matrices_one_active').on(t.status).where(sql`${t.status} = 'active'`),
    check('cost_matrices_status_known', oneOf(t.status, COST_MATRIX_STATUSES)),
    check('cost_matrices_referral_not_negative', sql`${t.referralCost} >= 0`),
    check('cost_matrices_digest_is_sha256', isSha256(t.digest)),
    // R11: who draws up or proposes a version does not approve it.
    check(
      'cost_matrices_two_people',
      sql`${t.status} not in ('active', 'retired') or ${t.decidedBy} is null or (${t.decidedBy} is distinct from ${t.proposedBy} and ${t.decidedBy} is distinct from ${t.createdBy})`,
    ),
  ],
);
