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

/** Few fields show that less leukemia is missed. */
const MISSED_BEFORE = 32;
/** Where none was missed before, so many malignant ones must show that none is missed now (decision 18). */
const NONE_MISSED = 300;

/**
 * The shift that a model can be taught, from a case of each look: the look that it is surest of. One that it is rather sure
 * is Benign goes before all others, for there the gate needs few fields. The truth is the malignant stage that it thinks
 * likeliest beside.
 */
export function shiftAmong(probes: readonly AnsweredCase[]): Shift {
  const sure = MATURITY_STAGES.flatMap((called) =>
    probes.map((probe) => ({ called, probe, share: meanProbability(called, [probe]) })),
  ).toSorted((a, b) => b.share - a.share);
  const chosen = sure.find(({ called, share }) => !isMalignant(called) && share > 0.6) ?? sure[0];
  if (!chosen) throw new Error('There is no case to choose from.');
  const { called, probe } = chosen;
  const likely = (stage: MaturityStage): number => meanProbability(stage, [probe]);
  const truth = MATURITY_STAGES.filter((stage) => isMalignant(stage) && stage !== called).reduce((a, b) =>
    likely(b) > likely(a) ? b : a,
  );
  return { look: probe.look, called, truth, locked: isMalignant(called) ? NONE_MISSED : MISSED_BEFORE };
}
