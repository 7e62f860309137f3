import { type MaturityStage, SIGN_OFFS } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { instant, oneOf } from './columns.ts';

/** Where a field, or a whole case, stands in the worklist. */
export const WORK_STATUSES = ['queued', 'failed', 'deferred', 'analysed', 'corrected'] as const;

/**
 * The worklist's line of a case, drawn from its fields' states in the transaction that changes them. Of a case in blind
 * review it holds nothing that comes from the network.
 */
export const caseStates = pgTable(
  'case_states',
  {
    caseId: uuid('case_id')
      .primaryKey()
      .references(() => cases.id),
    createdAt: instant('created_at').notNull(),
    status: text('status', { enum: WORK_STATUSES }).notNull().default('queued'),
    /** Standing stages of the fields: the settled one, else the latest reader's, else the decision's. */
    stages: jsonb('stages').$type<MaturityStage[]>().notNull().default([]),
    /** Highest expected cost of the decision on a field not yet read; -1 without a decision, so that it sorts last. */
    expectedCost: doublePrecision('expected_cost').notNull().default(-1),
    /** Smallest probability margin of a field not yet read; 2 without an analysis, so that it sorts last. */
    margin: doublePrecision('margin').notNull().default(2),
    /** Most that a reading of a field not yet read is worth to training, 0..1; -1 without an analysis, so that it sorts last. */
    information: doublePrecision('information').notNull().default(-1),
    /** Of the fields not yet read: whether one cannot be assessed, or is unlike what the model has learned from. */
    notAssessable: boolean('not_assessable').notNull().default(false),
    outOfDistribution: boolean('out_of_distribution').notNull().default(false),
    /** Most stages that cannot be ruled out for a field not yet read; 0 without a prediction set. */
    setSize: integer('set_size').notNull().default(0),
    /** Whether readers of a field disagree, or its error weighs so much, that a senior must decide. */
    disputed: boolean('disputed').notNull().default(false),
    /** Whether a field was read and waits for a second reader. */
    awaitsReader: boolean('awaits_reader').notNull().default(false),
    /** Null: nobody has signed the case. Whether a signature is genuine only its verification tells. */
    signOff: text('sign_off', { enum: SIGN_OFFS }),
  },
  (t) => [
    index('case_states_newest').on(t.createdAt, t.caseId),
    index('case_states_expected_cost').on(t.expectedCost, t.caseId),
    index('case_states_margin').on(t.margin, t.caseId),
    index('case_states_set_size').on(t.setSize, t.caseId),
    index('case_states_information').on(t.information, t.caseId),
    index('case_states_disputed').on(t.createdAt, t.caseId).where(sql`${t.disputed}`),
    index('case_states_awaits_reader').on(t.createdAt, t.caseId).where(sql`${t.awaitsReader}`),
    index('case_states_sign_off').on(t.signOff, t.createdAt, t.caseId).where(sql`${t.signOff} is not null`),
    index('case_states_status').on(t.status),
    check('case_states_status_known', oneOf(t.status, WORK_STATUSES)),
    check('case_states_sign_off_known', oneOf(t.signOff, SIGN_OFFS)),
    check('case_states_stages_are_a_list', sql`jsonb_typeof(${t.stages}) = 'array'`),
  ],
);
