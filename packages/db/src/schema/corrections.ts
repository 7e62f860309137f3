import { CERTAINTIES, CONFIRMATIONS, MATURITY_STAGES, ROLES, SEVERITIES } from '@blastwise/contracts';
import { type AnyPgColumn, boolean, check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { analyses, decisions } from './analyses.ts';
import { images } from './cases.ts';
import { createdAt, id, isSha256, oneOf } from './columns.ts';
import { users } from './users.ts';

/**
 * What a reader says of a field. Never overwritten: a reader's later word supersedes the earlier one, and two
 * readers stand beside each other. `analysisId` and `decisionId` are what the reader saw; null: read without AI.
 */
export const corrections = pgTable(
  'corrections',
  {
    id: id(),
    imageId: uuid('image_id')
      .notNull()
      .references(() => images.id),
    analysisId: uuid('analysis_id').references(() => analyses.id),
    decisionId: uuid('decision_id').references(() => decisions.id),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => users.id),
    /** The reader's role at the time: whoever becomes a senior later has not decided earlier. */
    readerRole: text('reader_role', { enum: ROLES }).notNull(),
    /** Null: not assessable. */
    stage: text('stage', { enum: MATURITY_STAGES }),
    certainty: text('certainty', { enum: CERTAINTIES }).notNull(),
    confirmedBy: text('confirmed_by', { enum: CONFIRMATIONS }).notNull(),
    severity: text('severity', { enum: SEVERITIES }).notNull(),
    comment: text('comment').notNull().default(''),
    /** Blobs of the cells' and the nuclei's mask as the reader corrected it; null: the model's stands. */
    maskSha256: text('mask_sha256'),
    nucleusSha256: text('nucleus_sha256'),
    /** Whether one of these may have begun from what a model drew: not to be seen with the AI off (R12). */
    masksFromResult: boolean('masks_from_result').notNull().default(false),
    supersedesId: uuid('supersedes_id').references((): AnyPgColumn => corrections.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique('corrections_one_successor').on(t.supersedesId),
    index('corrections_image').on(t.imageId, t.createdAt),
    check('corrections_reader_role_known', oneOf(t.readerRole, ROLES)),
    check('corrections_stage_known', oneOf(t.stage, MATURITY_STAGES)),
    check('corrections_certainty_known', oneOf(t.certainty, CERTAINTIES)),
    check('corrections_confirmed_by_known', oneOf(t.confirmedBy, CONFIRMATIONS)),
    check('corrections_severity_known', oneOf(t.severity, SEVERITIES)),
    check('corrections_mask_is_sha256', isSha256(t.maskSha256)),
    check('corrections_nucleus_is_sha256', isSha256(t.nucleusSha256)),
  ],
);
