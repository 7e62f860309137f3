import {
  type PassedOver,
  TRAINING_KINDS,
  TRAINING_STATES,
  type TrainingManifest,
  type TrainingOutcome,
  type TrainingProgress,
} from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import {
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
import { id, instant, isSha256, oneOf } from './columns.ts';
import { costMatrices } from './costs.ts';
import { modelVersions } from './models.ts';
import { users } from './users.ts';

/**
 * Trainings of a model from corrected fields. What a training was asked for never changes; it moves through its states:
 * queued -> running -> finished, failed or cancelled; one that failed or was cancelled may be queued again.
 */
export const trainings = pgTable(
  'trainings',
  {
    id: id(),
    /** Null: somebody at the server's own command line. */
    requestedBy: uuid('requested_by').references(() => users.id),
    requestedAt: instant('requested_at').notNull().defaultNow(),
    reason: text('reason').notNull(),
    kind: text('kind', { enum: TRAINING_KINDS }).notNull().default('head'),
    /** Of a network: fields of the registered folder when it was asked for. */
    folderFields: integer('folder_fields'),
    /** Weight of the expected-cost term in the loss; null: none. */
    costWeight: doublePrecision('cost_weight'),
    seed: integer('seed').notNull(),
    /** The model in service when it was asked for, or the last one before it that had learned no label withdrawn since. */
    baseDigest: text('base_digest')
      .notNull()
      .references(() => modelVersions.digest),
    /** Where the base is not the model in service: that model, and the withdrawn labels that it had learned. */
    passedOver: jsonb('passed_over').$type<PassedOver>(),
    /** The costs in force when it was asked for. */
    costMatrixId: uuid('cost_matrix_id')
      .notNull()
      .references(() => costMatrices.id),
    manifest: jsonb('manifest').$type<TrainingManifest>().notNull(),
    /** SHA-256 over the manifest, see `trainingManifestDigest`. */
    manifestSha256: text('manifest_sha256').notNull(),
    state: text('state', { enum: TRAINING_STATES }).notNull().default('queued'),
    /** How often a worker took it up: only the latest may say anything of it. */
    attempt: integer('attempt').notNull().default(0),
    progress: jsonb('progress').$type<TrainingProgress>(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    resultDigest: text('result_digest').references(() => modelVersions.digest),
    outcome: jsonb('outcome').$type<TrainingOutcome>(),
    /** Why it failed, one sentence. */
    failure: text('failure'),
  },
  (t) => [
    uniqueIndex('trainings_one_active').on(sql`(true)`).where(sql`${t.state} in ('queued', 'running')`),
    index('trainings_newest').on(t.requestedAt, t.id),
    index('trainings_result').on(t.resultDigest),
    check('trainings_state_known', oneOf(t.state, TRAINING_STATES)),
    check('trainings_kind_known', oneOf(t.kind, TRAINING_KINDS)),
    check('trainings_network_has_folder', sql`(${t.kind} = 'network') = (${t.folderFields} is not null)`),
    check('trainings_manifest_sha256_is_sha256', isSha256(t.manifestSha256)),
    check(
      'trainings_options_in_range',
      sql`coalesce(${t.costWeight} > 0, true) and ${t.seed} >= 0 and ${t.attempt} >= 0`,
    ),
    check(
      'trainings_consistent',
      sql`(${t.state} = 'finished') = (${t.resultDigest} is not null)
        and (${t.state} = 'finished') = (${t.outcome} is not null)
        and (${t.state} = 'failed') = (${t.failure} is not null)
        and (${t.state} in ('queued', 'running')) = (${t.endedAt} is null)`,
    ),
  ],
);
