import { z } from 'zod';

/** Maturity stages of acute lymphoblastic leukemia, always in this order; every vector and matrix follows it. */
export const MATURITY_STAGES = ['Benign', 'Early', 'Pre', 'Pro'] as const;

export const maturityStageSchema = z.enum(MATURITY_STAGES);
export type MaturityStage = z.infer<typeof maturityStageSchema>;

/** One value per stage, in the order of {@link MATURITY_STAGES}. */
export type StageVector = readonly [number, number, number, number];

/** One value per stage, by name: the form used at every border. */
export const stageRecordSchema = <T extends z.ZodType>(value: T) =>
  z.object({ Benign: value, Early: value, Pre: value, Pro: value });

/** Calibrated probabilities of the four stages; they sum to 1 within 1e-3. */
export const stageProbabilitiesSchema = stageRecordSchema(z.number().min(0).max(1)).refine(
  (p) => Math.abs(p.Benign + p.Early + p.Pre + p.Pro - 1) < 1e-3,
  'Stage probabilities must sum to 1.',
);
export type StageProbabilities = z.infer<typeof stageProbabilitiesSchema>;

export type StageRecord<T> = Readonly<Record<MaturityStage, T>>;

export const stageIndex = (stage: MaturityStage): number => MATURITY_STAGES.indexOf(stage);

export const isMalignant = (stage: MaturityStage): boolean => stage !== 'Benign';

export function toStageRecord(vector: StageVector): StageRecord<number> {
  const [Benign, Early, Pre, Pro] = vector;
  return { Benign, Early, Pre, Pro };
}

export function toStageVector(record: StageRecord<number>): StageVector {
  return [record.Benign, record.Early, record.Pre, record.Pro];
}
