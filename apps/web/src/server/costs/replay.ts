import type { CostMatrix, Decision } from '@blastwise/contracts';
import { activeCosts, settledAnalyses, unsettledAnalyses } from '@blastwise/db';
import type { Services } from '../services.ts';
import { expectedPrice, type Priced, realisedPrice } from './compare.ts';
import { decideUnder } from './decide.ts';
import type { Flip, Outcome } from './schemas.ts';

/** Fields replayed at most, of the unsettled and of the settled: the newest. */
export const REPLAY_LIMIT = 5_000;

/** A field as it is decided now and as a draft would decide it: what readers would see, and both priced by the draft. */
export interface Replayed {
  readonly shown: Flip;
  readonly priced: Priced;
  /** Nothing of it alone may be shown. */
  readonly blind: boolean;
}

export const outcomeOf = ({ stage, defer }: Pick<Decision, 'stage' | 'defer'>): Outcome =>
  defer ? 'referred' : (stage ?? 'not-assessable');

export const isFlip = ({ shown: { before, after } }: Replayed): boolean => before.outcome !== after.outcome;

/** The newest unsettled fields outside blind review, by what each answer is expected to cost. */
export async function replayUnsettled({ db }: Services, costs: CostMatrix): Promise<Replayed[]> {
  const fields = await unsettledAnalyses(db, { limit: REPLAY_LIMIT });
  return fields.map(({ imageId, caseId, patient, analysis, decision }) => {
    const decided = decideUnder(analysis, costs);
    return {
      blind: false,
      priced: {
        patient,
        before: expectedPrice(decision, costs, decided.expectedCosts),
        after: expectedPrice(decided, costs, decided.expectedCosts),
      },
      shown: {
        imageId,
        caseId,
        actual: null,
        probabilities: analysis.probabilities,
        before: { outcome: outcomeOf(decision), cost: decision.expectedCost },
        after: { outcome: outcomeOf(decided), cost: Math.min(...Object.values(decided.expectedCosts)) },
      },
    };
  });
}

/** The newest fields settled as a stage, as the version in force would decide them now, by what each answer does cost. */
export async function replaySettled({ db }: Services, costs: CostMatrix): Promise<Replayed[]> {
  const [fields, active] = await Promise.all([settledAnalyses(db, { limit: REPLAY_LIMIT }), activeCosts(db)]);
  return fields.map(({ imageId, caseId, patient, actual, blind, analysis }) => {
    const [now, then] = [decideUnder(analysis, active.costs), decideUnder(analysis, costs)];
    const [before, after] = [realisedPrice(now, costs, actual), realisedPrice(then, costs, actual)];
    return {
      blind,
      priced: { patient, before, after },
      shown: {
        imageId,
        caseId,
        actual,
        probabilities: analysis.probabilities,
        before: { outcome: outcomeOf(now), cost: before },
        after: { outcome: outcomeOf(then), cost: after },
      },
    };
  });
}
