import { costMatrixSchema, DomainError } from '@blastwise/contracts';
import { z } from 'zod';
import { CLASSICAL_MODELS } from '../../classical/index.ts';
import { epochRecordSchema } from '../fit.ts';
import { calibrationRecordSchema, copyScoresSchema, dataRecordSchema } from '../report/run-record.ts';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** How a classical model was fitted. */
const fitSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('svm'),
    folds: z.int().min(2),
    /** Every point of the grid with the share of held-out fields named right, the chosen one first. */
    search: z
      .array(z.strictObject({ sigma: z.number().positive(), c: z.number().positive(), accuracy: share }))
      .min(1),
    supportVectors: count,
  }),
  z.strictObject({
    kind: z.literal('xgboost'),
    folds: z.int().min(2),
    /** Every point of the grid with its held-out loss and the share named right after its best round, the chosen one first; none where there were too few groups. */
    search: z.array(
      z.strictObject({
        depth: z.int().positive(),
        rate: z.number().positive(),
        subsample: share,
        rounds: z.int().positive(),
        loss: z.number().nonnegative(),
        accuracy: share,
      }),
    ),
    /** One record a round. */
    history: z.array(epochRecordSchema).min(1),
    best: z.int().positive(),
    nodes: count,
  }),
]);

/** Everything a run of a classical model knows of itself; its card is made from this and nothing else. */
export const classicalRecordSchema = z.strictObject({
  config: z.strictObject({ model: z.enum(CLASSICAL_MODELS), costs: costMatrixSchema, seed: count }),
  engine: z.strictObject({ name: z.literal('cpu'), reasons: z.array(z.string()) }),
  data: dataRecordSchema,
  /** Seconds of wall time of each phase. */
  seconds: z.record(z.string(), z.number().nonnegative()),
  fit: fitSchema,
  /** Numbers that were learned. */
  parameters: count,
  calibration: calibrationRecordSchema,
  trainAccuracy: share,
  /** The test side as it is, and its copies whose background lies. */
  test: z.strictObject({
    plain: copyScoresSchema,
    recoloured: copyScoresSchema,
    grey: copyScoresSchema,
    'cells-only': copyScoresSchema,
    'cell-less': copyScoresSchema,
  }),
});
export type ClassicalRecord = z.infer<typeof classicalRecordSchema>;

/** @throws DomainError INTERNAL naming the first field that the record lacks, or whose figure is none. */
export function parseClassicalRecord(record: unknown): ClassicalRecord {
  const parsed = classicalRecordSchema.safeParse(record);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'its top';
  throw new DomainError('INTERNAL', `The run record is incomplete: it lacks ${where}.`);
}
