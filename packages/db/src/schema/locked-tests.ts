import {
  GATE_MARGIN,
  JUDGED_SIDES,
  type JudgedAnswer,
  type Judgement,
  type LockedTestImage,
  MATURITY_STAGES,
  VERDICTS,
} from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { images } from './cases.ts';
import { createdAt, id, instant, isSha256, oneOf } from './columns.ts';
import { costMatrices } from './costs.ts';
import { modelVersions } from './models.ts';
import { users } from './users.ts';

/**
 * Labelled fields that no model ever learns from: images, or the features that one network sees in them, on which
 * every model with that network below its head can be judged. Immutable, one for each content.
 */
export const lockedTestSets = pgTable(
  'locked_test_sets',
  {
    id: id(),
    name: text('name').notNull(),
    /** Where the fields come from, for people. */
    origin: text('origin').notNull(),
    /** Over the fields: the blob of the features, or the list of images as canonical JSON. */
    contentSha256: text('content_sha256').notNull().unique(),
    /** Over the weights and settings that turn an image into these features; null for images. */
    networkSha256: text('network_sha256'),
    /** Null for features. */
    images: jsonb('images').$type<LockedTestImage[]>(),
    fields: integer('fields').notNull(),
    groups: integer('groups').notNull(),
    /** Judgements that share the accepted chance of a false promotion; past it the set is closed. */
    budget: integer('budget').notNull(),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    check('locked_test_sets_content_is_sha256', isSha256(t.contentSha256)),
    check('locked_test_sets_network_is_sha256', isSha256(t.networkSha256)),
    check('locked_test_sets_images_or_features', sql`(${t.images} is null) <> (${t.networkSha256} is null)`),
    check('locked_test_sets_not_empty', sql`${t.fields} > 0 and ${t.groups} > 0`),
    check('locked_test_sets_budget_positive', sql`${t.budget} > 0`),
  ],
);

/**
 * How many images of one set are fields of a set of features, as the network of the latter sees them. Sets that share any
 * are one exam: they share uses and budget.
 */
export const lockedTestComparisons = pgTable(
  'locked_test_comparisons',
  {
    imagesId: uuid('images_id')
      .notNull()
      .references(() => lockedTestSets.id),
    featuresId: uuid('features_id')
      .notNull()
      .references(() => lockedTestSets.id),
    shared: integer('shared').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.imagesId, t.featuresId] }),
    check('locked_test_comparisons_shared_counts', sql`${t.shared} >= 0`),
  ],
);

/** The ledger (R7): each asking for a judgement. One without an outcome is being worked on or waits. */
export const lockedTestUses = pgTable(
  'locked_test_uses',
  {
    id: id(),
    setId: uuid('set_id')
      .notNull()
      .references(() => lockedTestSets.id),
    championDigest: text('champion_digest')
      .notNull()
      .references(() => modelVersions.digest),
    challengerDigest: text('challenger_digest')
      .notNull()
      .references(() => modelVersions.digest),
    costMatrixId: uuid('cost_matrix_id')
      .notNull()
      .references(() => costMatrices.id),
    /** In force when it was asked for, and who had set it; null: nobody. */
    margin: doublePrecision('margin').notNull().default(GATE_MARGIN),
    marginSetBy: uuid('margin_set_by').references(() => users.id),
    requestedBy: uuid('requested_by')
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('locked_test_uses_set').on(t.setId),
    index('locked_test_uses_challenger').on(t.challengerDigest),
    check('locked_test_uses_two_models', sql`${t.championDigest} <> ${t.challengerDigest}`),
  ],
);

/** How a use ended: with a verdict, or with a failure, which shows nothing of the set and is not counted. */
export const lockedTestOutcomes = pgTable(
  'locked_test_outcomes',
  {
    useId: uuid('use_id')
      .primaryKey()
      .references(() => lockedTestUses.id),
    verdict: text('verdict', { enum: VERDICTS }),
    judgement: jsonb('judgement').$type<Judgement>(),
    /** One sentence. */
    failure: text('failure'),
    endedAt: instant('ended_at').notNull().defaultNow(),
  },
  (t) => [
    check('locked_test_outcomes_verdict_known', oneOf(t.verdict, VERDICTS)),
    check(
      'locked_test_outcomes_consistent',
      sql`(${t.verdict} is null) = (${t.judgement} is null) and (${t.verdict} is null) <> (${t.failure} is null)`,
    ),
  ],
);

/** What both models of a judgement said of every field, so that they can be compared later without asking them again. */
export const judgedFields = pgTable(
  'judged_fields',
  {
    useId: uuid('use_id')
      .notNull()
      .references(() => lockedTestUses.id),
    side: text('side', { enum: JUDGED_SIDES }).notNull(),
    /** From 0: in the locked set, which never changes, or among the cases reserved then. */
    place: integer('place').notNull(),
    /** A reserved field; null in a locked set. */
    imageId: uuid('image_id').references(() => images.id),
    group: text('group').notNull(),
    /** The stage held true then. */
    actual: text('actual', { enum: MATURITY_STAGES }).notNull(),
    champion: jsonb('champion').$type<JudgedAnswer>().notNull(),
    challenger: jsonb('challenger').$type<JudgedAnswer>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.useId, t.side, t.place] }),
    check('judged_fields_side_known', oneOf(t.side, JUDGED_SIDES)),
    check('judged_fields_actual_known', oneOf(t.actual, MATURITY_STAGES)),
    check('judged_fields_reserved_is_a_field', sql`(${t.side} = 'reserved') = (${t.imageId} is not null)`),
  ],
);

/** Processes that took a use up. One that has not left it and works no more died over it. */
export const lockedTestTries = pgTable(
  'locked_test_tries',
  {
    useId: uuid('use_id')
      .notNull()
      .references(() => lockedTestUses.id),
    worker: uuid('worker').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    /** When it put the use back alive, to go on or to be taken up by another. */
    leftAt: instant('left_at'),
  },
  (t) => [primaryKey({ columns: [t.useId, t.worker] })],
);
