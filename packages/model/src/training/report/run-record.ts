import { costMatrixSchema, DomainError, MATURITY_STAGES, maturityStageSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { GROUPINGS } from '../../dataset/index.ts';
import { ENGINE_NAMES } from '../../engine/names.ts';
import { figureSchema } from '../../evidence/schema.ts';
import { initialWeightsSchema } from '../config.ts';
import { epochRecordSchema } from '../fit.ts';

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
const perStage = z.tuple([count, count, count, count]);
const bounds = z.object({ lower: z.number(), upper: z.number() });

/** Accuracy and cost of one set of fields, argmax, never deferring. */
export const scoresSchema = z.strictObject({
  n: count,
  accuracy: share,
  totalCost: z.number().nonnegative(),
});

/** Figures of one copy of a set of fields, argmax; the share deferred is of the minimum-risk answers. */
export const copyScoresSchema = z.strictObject({
  n: z.int().positive(),
  groups: z.int().positive(),
  accuracy: figureSchema,
  averageCost: figureSchema,
  malignantToBenignRate: figureSchema,
  deferredShare: figureSchema,
  ece: share,
  nll: z.number().nonnegative(),
  /** Rows actual, columns predicted. */
  confusion: z.array(perStage).length(MATURITY_STAGES.length),
});
export type CopyScores = z.infer<typeof copyScoresSchema>;

const reliabilitySchema = z.strictObject({
  n: count,
  ece: share,
  brier: z.number().min(0).max(2),
  nll: z.number().nonnegative(),
  bins: z
    .array(
      z.strictObject({
        from: share,
        to: share,
        n: count,
        confidence: share.nullable(),
        accuracy: share.nullable(),
        lower: share,
        upper: share,
      }),
    )
    .readonly(),
});

/** Every field judged by a training that never saw its group. */
export const outOfFoldSchema = z.strictObject({
  folds: z.int().min(2),
  copies: z.strictObject({
    plain: copyScoresSchema,
    recoloured: copyScoresSchema,
    grey: copyScoresSchema,
    'cells-only': copyScoresSchema,
    'cell-less': copyScoresSchema,
  }),
  /** The fields as they are, before calibration and after. */
  reliability: z.strictObject({ before: reliabilitySchema, after: reliabilitySchema }),
  /** How often the prediction sets hold the true stage. */
  coverage: z.strictObject({
    perStage: z
      .array(
        z.strictObject({
          stage: maturityStageSchema,
          n: count,
          covered: count,
          share,
          lower: share,
          upper: share,
        }),
      )
      .length(MATURITY_STAGES.length)
      .readonly(),
    share,
    meanSize: z.number().min(1).max(MATURITY_STAGES.length),
    singletons: share,
  }),
});

/** What the card tells of a run's configuration; the rest is kept as it was, for recipes change. */
const recordedConfigSchema = z.looseObject({
  hybrid: z.looseObject({
    backbone: z.string(),
    tap: z.string(),
    unetFilters: z.array(z.int().positive()).min(1),
    maskChannels: z.union([z.literal(1), z.literal(2)]).optional(),
    head: z.array(z.int().positive()).min(1),
  }),
  stages: z.looseObject({
    views: z.array(z.looseObject({ kind: z.string(), copies: z.int().positive(), share: z.number() })).min(1),
  }),
  /** Missing where the backbone's weights came with the package. */
  initial: initialWeightsSchema.optional(),
  costs: costMatrixSchema,
  seed: count,
});

/** What a run learned from and was judged on. */
export const dataRecordSchema = z.strictObject({
  /** Where the fields come from and how they were labelled, in the words of whoever trained. */
  about: z.string().min(1),
  hash: z.string().length(64),
  strategy: z.string(),
  /** Absent in records of before there was a choice: by looks. */
  grouping: z.enum(GROUPINGS).optional(),
  groups: count,
  /** Fields of each stage, in the order of the stages. */
  train: perStage,
  validation: perStage,
  calibration: perStage,
  test: perStage,
});

/** How logits became probabilities, and what that did to the validation side. */
export const calibrationRecordSchema = z.strictObject({
  temperature: z.number().positive(),
  bias: z.array(z.number()).length(MATURITY_STAGES.length),
  prior: z.array(share).length(MATURITY_STAGES.length),
  /** Mean negative log likelihood of the validation side before and after. */
  nllBefore: z.number(),
  nllAfter: z.number(),
});

export const runRecordSchema = z.strictObject({
  config: recordedConfigSchema,
  engine: z.strictObject({ name: z.enum(ENGINE_NAMES).exclude(['auto']), reasons: z.array(z.string()) }),
  data: dataRecordSchema,
  parts: z.strictObject({
    masks: z.strictObject({ history: z.array(epochRecordSchema).min(1), bestEpoch: count }),
    stages: z.strictObject({ history: z.array(epochRecordSchema).min(1), bestEpoch: count }),
  }),
  /** Seconds of wall time of each phase. */
  seconds: z.record(z.string(), z.number().nonnegative()),
  calibration: calibrationRecordSchema,
  /** Null where the run was asked for no folds. */
  outOfFold: outOfFoldSchema.nullable(),
  test: z.strictObject({
    n: z.int().positive(),
    groups: z.int().positive(),
    accuracy: share,
    accuracyInterval: bounds,
    macroF1: share,
    totalCost: z.number().nonnegative(),
    totalCostInterval: bounds,
    averageCost: z.number().nonnegative(),
    malignantToBenignRate: share,
    ece: share,
    nll: z.number().nonnegative(),
    notAssessable: count,
    /** Rows actual, columns predicted. */
    confusion: z.array(perStage).length(MATURITY_STAGES.length),
    minimumRiskCost: z.number().nonnegative(),
    /** Agreement of the masks with the weak labels of the stain method. */
    dice: share,
    iou: share,
    /** The same fields with a background that lies. */
    counterfactual: z.strictObject({
      recoloured: scoresSchema,
      grey: scoresSchema,
      'cells-only': scoresSchema,
      /** Share of the cell-less copies that were found not assessable. */
      cellLessNotAssessable: share,
    }),
  }),
});
/** Everything a run knows of itself; the model card is made from this and nothing else. */
export type RunRecord = z.infer<typeof runRecordSchema>;

const ofBeforeFolds = z.looseObject({
  config: z.looseObject({ folds: z.undefined().optional() }),
  data: z.looseObject({}),
});

/** Records of before runs could have folds and a calibration side say nothing of either: there was none. */
function completed(record: unknown): unknown {
  const earlier = ofBeforeFolds.safeParse(record);
  if (!earlier.success) return record;
  const { data } = earlier.data;
  return { outOfFold: null, ...earlier.data, data: { calibration: [0, 0, 0, 0], ...data } };
}

/** The record where it is a whole one; null for what an earlier recipe, or none, has left. */
export const wholeRunRecord = (record: unknown): RunRecord | null =>
  runRecordSchema.safeParse(completed(record)).data ?? null;

/**
 * Reads the record of a run out of a manifest.
 *
 * @throws DomainError INTERNAL naming the first field that it lacks, or whose figure is none.
 */
export function parseRunRecord(record: unknown): RunRecord {
  const parsed = runRecordSchema.safeParse(completed(record));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'its top';
  throw new DomainError('INTERNAL', `The run record is incomplete: it lacks ${where}.`);
}
