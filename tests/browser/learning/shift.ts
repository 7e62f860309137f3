import { isMalignant, MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { meanProbability } from './answers.ts';
import type { AnsweredCase, Look } from './cases.ts';

/** A shift in the data: fields that the model calls one stage are another one to the experts. */
export interface Shift {
  readonly look: Look;
  readonly called: MaturityStage;
  readonly truth: MaturityStage;
  /** Fields that the gate needs to see it. */
  readonly locked: number;
}

/** Few fields show that less leukemia is missed than before. */
const LOCKED = 32;
const RATHER_SURE = 0.6;

/**
 * The shift that a model can be taught, from a case of each look: the look that it is surest is Benign, for there the gate
 * needs few fields. The truth is the malignant stage that it thinks likeliest beside.
 */
export function shiftAmong(probes: readonly AnsweredCase[]): Shift {
  const called: MaturityStage = 'Benign';
  const [probe] = probes.toSorted((a, b) => meanProbability(called, [b]) - meanProbability(called, [a]));
  if (!probe || meanProbability(called, [probe]) < RATHER_SURE)
    throw new Error('The model is sure of no look that it is Benign.');
  const likely = (stage: MaturityStage): number => meanProbability(stage, [probe]);
  const truth = MATURITY_STAGES.filter((stage) => isMalignant(stage)).reduce((a, b) =>
    likely(b) > likely(a) ? b : a,
  );
  return { look: probe.look, called, truth, locked: LOCKED };
}
