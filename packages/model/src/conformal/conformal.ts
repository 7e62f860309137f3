import { MATURITY_STAGES, type MaturityStage, type StageVector } from '@blastwise/contracts';
import { z } from 'zod';
import { mostProbable } from '../decision/index.ts';

/** Names the score, the classes and the rule below. */
export const CONFORMAL_METHOD = 'mondrian-one-minus-probability-v1';

/** What the coverage rests on, kept with the model. */
export const EXCHANGEABILITY =
  'Coverage holds for new fields that are exchangeable with the calibration fields of their stage: as if drawn from ' +
  'the same slides, stains and camera in any order. Fields of one slide resemble each other, so the effective number ' +
  'of calibration fields is smaller than their count; another laboratory, scanner or stain breaks the assumption.';

const fourOf = <T extends z.ZodType>(value: T) => z.tuple([value, value, value, value]);

/** Class-conditional conformal thresholds as they lie in model.json, each tuple in the order of the stages. */
export const conformalSchema = z.strictObject({
  method: z.literal(CONFORMAL_METHOD),
  /** Share of a stage's fields whose set holds that stage, at least. */
  levels: fourOf(z.number().gt(0).lt(1)),
  /** Largest nonconformity at which a stage is kept; null is infinite: the stage stands in every set. */
  thresholds: fourOf(z.number().min(0).max(1).nullable()),
  /** Calibration fields of each stage. */
  n: fourOf(z.int().nonnegative()),
  /** What the coverage assumes, in words. */
  assumes: z.string().min(1),
});
export type Conformal = z.infer<typeof conformalSchema>;

/** One minus the probability of a stage, 0..1: how little a field conforms to it (Sadinle, Lei & Wasserman 2019). */
export const nonconformity = (probabilities: StageVector, stage: number): number =>
  1 - (probabilities[stage] ?? 0);

/**
 * The stages that cannot be ruled out, in their order, never none: those whose nonconformity is at most their
 * threshold, and the most probable one always, which can only add coverage.
 * @param probabilities calibrated as those of the calibration fields.
 */
export function predictionSet(
  probabilities: StageVector,
  { thresholds }: Pick<Conformal, 'thresholds'>,
): MaturityStage[] {
  const top = mostProbable(probabilities);
  return MATURITY_STAGES.filter(
    (stage, i) =>
      stage === top || nonconformity(probabilities, i) <= (thresholds[i] ?? Number.POSITIVE_INFINITY),
  );
}
