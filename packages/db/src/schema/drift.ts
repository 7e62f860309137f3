import { DRIFT_QUANTITIES, DRIFT_SERIES, type DriftFinding } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant, oneOf } from './columns.ts';
import { modelVersions } from './models.ts';
import { users } from './users.ts';

/**
 * Cases of a model in the order of a series, a window full at a time, each judged once. Number 0 is the reference that
 * the others are judged against. Immutable.
 */
export const driftWindows = pgTable(
  'drift_windows',
  {
    id: id(),
    modelDigest: text('model_digest')
      .notNull()
      .references(() => modelVersions.digest),
    series: text('series', { enum: DRIFT_SERIES }).notNull(),
    number: integer('number').notNull(),
    caseIds: jsonb('case_ids').$type<string[]>().notNull(),
    /** When the last of its cases was complete: the next window holds later ones. */
    lastAt: instant('last_at').notNull(),
    /** Of number 0 only of what outlives a model, compared with the reference of the models before; else empty. */
    findings: jsonb('findings').$type<DriftFinding[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('drift_windows_once').on(t.modelDigest, t.series, t.number),
    check('drift_windows_series_known', oneOf(t.series, DRIFT_SERIES)),
    check('drift_windows_number_counts', sql`${t.number} >= 0`),
  ],
);

/** A quantity that has drifted, until an admin says what was made of it. At most one open for a model and quantity. */
export const driftAlarms = pgTable(
  'drift_alarms',
  {
    id: id(),
    windowId: uuid('window_id')
      .notNull()
      .references(() => driftWindows.id),
    modelDigest: text('model_digest')
      .notNull()
      .references(() => modelVersions.digest),
    quantity: text('quantity', { enum: DRIFT_QUANTITIES }).notNull(),
    value: doublePrecision('value').notNull(),
    threshold: doublePrecision('threshold').notNull(),
    openedAt: instant('opened_at').notNull().defaultNow(),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: uuid('acknowledged_by').references(() => users.id),
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('drift_alarms_one_open')
      .on(t.modelDigest, t.quantity)
      .where(sql`${t.acknowledgedAt} is null`),
    index('drift_alarms_opened').on(t.openedAt),
    check('drift_alarms_quantity_known', oneOf(t.quantity, DRIFT_QUANTITIES)),
    check(
      'drift_alarms_acknowledged_with_reason',
      sql`(${t.acknowledgedAt} is null) = (${t.reason} is null) and (${t.acknowledgedAt} is null) = (${t.acknowledgedBy} is null)`,
    ),
  ],
);
