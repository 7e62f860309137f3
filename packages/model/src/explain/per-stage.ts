import type { StageVector } from '@blastwise/contracts';

/** One of something a stage, in the order of MATURITY_STAGES. */
export type PerStage<T> = readonly [T, T, T, T];

export const perStage = <T>(of: (stage: 0 | 1 | 2 | 3) => T): PerStage<T> => [of(0), of(1), of(2), of(3)];

export const addStages = (a: StageVector, b: StageVector): StageVector => perStage((s) => a[s] + b[s]);

/** Less the mean over the stages: only differences of logits tell stages apart, so only they are evidence. */
export function centred(values: StageVector): StageVector {
  const mean = (values[0] + values[1] + values[2] + values[3]) / 4;
  return perStage((s) => values[s] - mean);
}
