import { ADJUDICATION_STATUSES, DISPUTES, GROUNDS, MATURITY_STAGES } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { analyses, decisions } from './analyses.ts';
import { images } from './cases.ts';
import { instant, oneOf } from './columns.ts';
import { corrections } from './corrections.ts';

export const IMAGE_STATUSES = ['queued', 'analysed', 'failed'] as const;

/**
 * Where a field stands now: the analysis and decision in force, the latest reading and what is held to be true after
 * all readings. The rest is history.
 */
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
    /** Null: nobody has read the field. */
    adjudication: text('adjudication', { enum: ADJUDICATION_STATUSES }),
    /** What a dispute is about, or what a settled field rests on. */
    adjudicationWhy: text('adjudication_why', { enum: [...DISPUTES, ...GROUNDS] }),
    /** Of a settled field; null: not assessable. */
    adjudicatedStage: text('adjudicated_stage', { enum: MATURITY_STAGES }),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('image_states_status').on(t.status),
    check('image_states_status_known', oneOf(t.status, IMAGE_STATUSES)),
    check('image_states_adjudication_known', oneOf(t.adjudication, ADJUDICATION_STATUSES)),
    check('image_states_adjudicated_stage_known', oneOf(t.adjudicatedStage, MATURITY_STAGES)),
    check(
      'image_states_adjudication_consistent',
      sql`(${t.adjudication} is null or ${t.correctionId} is not null)
        and (${t.adjudicatedStage} is null or coalesce(${t.adjudication} = 'adjudicated', false))
        and case ${t.adjudication}
          when 'disputed' then coalesce(${oneOf(t.adjudicationWhy, DISPUTES)}, false)
          when 'adjudicated' then coalesce(${oneOf(t.adjudicationWhy, GROUNDS)}, false)
          else ${t.adjudicationWhy} is null end`,
    ),
    check(
      'image_states_consistent',
      sql`(${t.status} <> 'analysed' or (${t.analysisId} is not null and ${t.decisionId} is not null)) and (${t.status} = 'failed') = (${t.failureCode} is not null)`,
    ),
  ],
);
