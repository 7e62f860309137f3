import { GATE_LARGEST_MARGIN, GATE_MARGIN, SEVERITIES } from '@blastwise/contracts';
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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant, isSha256 } from './columns.ts';
import { users } from './users.ts';

/** Model artifacts known to the service, by the digest over the files that decide an answer. Immutable. */
export const modelVersions = pgTable(
  'model_versions',
  {
    digest: text('digest').primaryKey(),
    name: text('name').notNull(),
    card: text('card').notNull(),
    /** The run's plots by file name, as SVG: its history, its reliability. */
    plots: jsonb('plots').$type<Record<string, string>>().notNull().default({}),
    manifest: jsonb('manifest').$type<Record<string, unknown>>().notNull(),
    /** Null: the service itself, or somebody at the server's command line. */
    registeredBy: uuid('registered_by').references(() => users.id),
    /** Who started the training in the product; null: it was trained elsewhere. */
    trainedBy: uuid('trained_by').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [check('model_versions_digest_is_sha256', isSha256(t.digest))],
);

/** Which model served when; the row without an end is the model in service. */
export const modelDeployments = pgTable(
  'model_deployments',
  {
    id: id(),
    modelDigest: text('model_digest')
      .notNull()
      .references(() => modelVersions.digest),
    startedAt: instant('started_at').notNull().defaultNow(),
    startedBy: uuid('started_by').references(() => users.id),
    reason: text('reason').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('model_deployments_one_in_service').on(sql`(true)`).where(sql`${t.endedAt} is null`),
    index('model_deployments_model').on(t.modelDigest),
  ],
);

/** Switches of the whole service: one row. */
export const serviceSettings = pgTable(
  'service_settings',
  {
    id: integer('id').primaryKey().default(1),
    aiEnabled: boolean('ai_enabled').notNull().default(true),
    /** Share of accepted cases drawn for blind review, 0..1. */
    blindShare: doublePrecision('blind_share').notNull().default(0.05),
    /** Severities of the model's error that a senior decides on even where readers agree. */
    seniorDecides: text('senior_decides', { enum: SEVERITIES }).array().notNull().default(['critical']),
    /** By how much the rate of malignant fields called Benign may rise, 0..0.1; a judgement keeps the one that it was asked under. */
    gateMargin: doublePrecision('gate_margin').notNull().default(GATE_MARGIN),
    /** Null: as it came. */
    gateMarginSetBy: uuid('gate_margin_set_by').references(() => users.id),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    check('service_settings_one_row', sql`${t.id} = 1`),
    check('service_settings_blind_share_is_a_share', sql`${t.blindShare} between 0 and 1`),
    check(
      'service_settings_gate_margin_in_range',
      sql`${t.gateMargin} between 0 and ${sql.raw(String(GATE_LARGEST_MARGIN))}`,
    ),
    check(
      'service_settings_senior_decides_known',
      sql`${t.seniorDecides} <@ ${sql.raw(`array[${SEVERITIES.map((s) => `'${s}'`).join(', ')}]::text[]`)}`,
    ),
  ],
);
