import {
  type Background,
  MATURITY_STAGES,
  type MaturityStage,
  type OutOfDistribution,
  type Reason,
  type Scale,
  type StageProbabilities,
  type StageRecord,
  type WhiteCell,
} from '@blastwise/contracts';
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
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { images } from './cases.ts';
import { createdAt, id, isSha256, oneOf } from './columns.ts';
import { costMatrices } from './costs.ts';
import { modelVersions } from './models.ts';

/** One network result on one field with every version that made it. Immutable; one for each image and model. */
export const analyses = pgTable(
  'analyses',
  {
    id: id(),
    imageId: uuid('image_id')
      .notNull()
      .references(() => images.id),
    modelDigest: text('model_digest')
      .notNull()
      .references(() => modelVersions.digest),
    modelName: text('model_name').notNull(),
    preprocessing: text('preprocessing').notNull(),
    calibration: text('calibration').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    assessable: boolean('assessable').notNull(),
    reasons: jsonb('reasons').$type<Reason[]>().notNull(),
    stage: text('stage', { enum: MATURITY_STAGES }).notNull(),
    probabilities: jsonb('probabilities').$type<StageProbabilities>().notNull(),
    /** Highest minus second highest probability, 0..1: small means torn between two stages. */
    margin: doublePrecision('margin').notNull(),
    cells: integer('cells').notNull(),
    maskFraction: doublePrecision('mask_fraction').notNull(),
    predictionSet: jsonb('prediction_set').$type<MaturityStage[]>(),
    outOfDistribution: jsonb('out_of_distribution').$type<OutOfDistribution>(),
    scale: jsonb('scale').$type<Scale>(),
    whiteCells: jsonb('white_cells').$type<WhiteCell[]>(),
    background: jsonb('background').$type<Background>(),
    maskSha256: text('mask_sha256').notNull(),
    nucleusSha256: text('nucleus_sha256'),
    /** Grad-CAM of each stage, PNG blobs. */
    heatmaps: jsonb('heatmaps').$type<StageRecord<string>>(),
    durationMs: integer('duration_ms').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('analyses_once_per_model').on(t.imageId, t.modelDigest),
    index('analyses_model').on(t.modelDigest, t.createdAt),
    check('analyses_stage_known', oneOf(t.stage, MATURITY_STAGES)),
    check('analyses_mask_is_sha256', isSha256(t.maskSha256)),
    check(
      'analyses_ranges',
      sql`${t.cells} >= 0 and ${t.maskFraction} between 0 and 1 and ${t.margin} between 0 and 1`,
    ),
  ],
);

/** The minimum-risk decision on one analysis under one cost-matrix version. Immutable. */
export const decisions = pgTable(
  'decisions',
  {
    id: id(),
    analysisId: uuid('analysis_id')
      .notNull()
      .references(() => analyses.id),
    costMatrixId: uuid('cost_matrix_id')
      .notNull()
      .references(() => costMatrices.id),
    /** Null: not assessable. */
    stage: text('stage', { enum: MATURITY_STAGES }),
    expectedCosts: jsonb('expected_costs').$type<StageRecord<number>>().notNull(),
    /** The lowest of the expected costs. */
    expectedCost: doublePrecision('expected_cost').notNull(),
    defer: boolean('defer').notNull(),
    reasons: jsonb('reasons').$type<Reason[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('decisions_once_per_matrix').on(t.analysisId, t.costMatrixId),
    index('decisions_matrix').on(t.costMatrixId),
    check('decisions_stage_known', oneOf(t.stage, MATURITY_STAGES)),
  ],
);
