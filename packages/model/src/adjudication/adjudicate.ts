import type { Adjudication, AdjudicationPolicy, CorrectionInput, Role } from '@blastwise/contracts';

/** One reader's word on a field, and the role in which it was given. `stage` null: not assessable. */
export interface Reading extends Pick<CorrectionInput, 'stage' | 'confirmedBy' | 'severity'> {
  readonly readerRole: Role;
}

/** Methods that settle a stage without a second reader. */
const CONCLUSIVE: readonly Reading['confirmedBy'][] = ['flow-cytometry', 'genetics'];

const stagesOf = (readings: readonly Reading[]) => [...new Set(readings.map(({ stage }) => stage))];

/**
 * Weighs the standing readings of one field, at most one a reader, in the order they were made. The last senior
 * decides; flow cytometry or genetics settle a stage against morphology; two readers who agree settle it while nobody
 * disagrees. One reader by morphology or cytochemistry leaves it open.
 */
export function adjudicate(
  readings: readonly Reading[],
  { seniorDecides }: AdjudicationPolicy,
): Adjudication {
  const senior = readings.findLast(({ readerRole }) => readerRole === 'senior');
  if (senior) return { status: 'adjudicated', stage: senior.stage, by: 'senior' };

  const conclusive = readings.filter(({ confirmedBy }) => CONCLUSIVE.includes(confirmedBy));
  const heard = conclusive.length > 0 ? conclusive : readings;
  const [stage, ...others] = stagesOf(heard);
  if (stage === undefined) return { status: 'open' };
  if (others.length > 0) return { status: 'disputed', why: 'disagreement' };
  if (readings.some(({ severity }) => seniorDecides.includes(severity)))
    return { status: 'disputed', why: 'severity' };
  if (conclusive.length > 0) return { status: 'adjudicated', stage, by: 'confirmation' };
  return heard.length > 1 ? { status: 'adjudicated', stage, by: 'agreement' } : { status: 'open' };
}
