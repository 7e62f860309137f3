import { toStageVector } from '@blastwise/contracts';
import type { Decide } from '@blastwise/db';
import { decide } from '@blastwise/model/decision';

/** Bayes minimum risk on a stored result: the very function that decides when a field is analysed. */
export const decideUnder: Decide = (analysis, costs) =>
  decide(toStageVector(analysis.probabilities), costs, analysis);
