import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { analyses, decisions } from './analyses.ts';
import { images } from './cases.ts';
import { instant, oneOf } from './columns.ts';
import { corrections } from './corrections.ts';

export const IMAGE_STATUSES = ['queued', 'analysed', 'failed'] as const;

/** Where a field stands now: the analysis and decision in force and the latest reading. The rest is history. */
export const imageStates = pgTable(
  'image_states',
  {
    imageId: uuid('image_id')
      .primaryKey()
      .references(() => images.id),
    status: text('status', { enum: IMAGE_STATUSES }).notNull().default('queued'),
    failureCode: text('failure_code'),
    analysisId: uuid('analysis_id').references(() => analyses.id),
    decisionId: uuid('decision_id').references(() => decisions.id),
    correctionId: uuid('correction_id').references(() => corrections.id),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('image_states_status').on(t.status),
    check('image_states_status_known', oneOf(t.status, IMAGE_STATUSES)),
    check(
      'image_states_consistent',
      sql`(${t.status} <> 'analysed' or (${t.analysisId} is not null and ${t.decisionId} is not null)) and (${t.status} = 'failed') = (${t.failureCode} is not null)`,
    ),
  ],
);
