import type { CostMatrix, Decision } from '@blastwise/contracts';
import { activeCosts, serviceSettings, settledAnalyses, unreviewedAnalyses } from '@blastwise/db';
import type { Services } from '../services.ts';
import { comparison, expectedPrice, realisedPrice } from './compare.ts';
import { decideUnder } from './decide.ts';
import type { CostPreview, Outcome } from './schemas.ts';

export const PREVIEW_LIMIT = 5_000;
const EXAMPLES = 12;

export const outcomeOf = ({ stage, defer }: Pick<Decision, 'stage' | 'defer'>): Outcome =>
  defer ? 'referred' : (stage ?? 'not-assessable');

/**
 * What would change for unread fields, their stored probabilities decided under a draft; and what decisions cost by it, as
 * they are and as they would be. Stores nothing; empty while the AI is off (R12).
 */
export async function previewCosts({ db }: Services, costs: CostMatrix): Promise<CostPreview> {
  if (!(await serviceSettings(db)).aiEnabled) return NOTHING_SHOWN;
  const [fields, settled, active] = await Promise.all([
    unreviewedAnalyses(db, { limit: PREVIEW_LIMIT }),
    settledAnalyses(db, { limit: PREVIEW_LIMIT }),
    activeCosts(db),
  ]);
  const compared = fields.map(({ imageId, caseId, analysis, decision }) => {
    const decided = decideUnder(analysis, costs);
    return {
      priced: {
        caseId,
        before: expectedPrice(decision, costs, decided.expectedCosts),
        after: expectedPrice(decided, costs, decided.expectedCosts),
      },
      shown: {
        imageId,
        caseId,
        probabilities: analysis.probabilities,
        before: { outcome: outcomeOf(decision), expectedCost: decision.expectedCost },
        after: {
          outcome: outcomeOf(decided),
          expectedCost: Math.min(...Object.values(decided.expectedCosts)),
        },
      },
    };
  });
  const shown = compared.map((field) => field.shown);
  const changed = shown.filter(({ before, after }) => before.outcome !== after.outcome);
  return {
    unreviewed: shown.length,
    changed: changed.length,
    referredBefore: shown.filter(({ before }) => before.outcome === 'referred').length,
    referredAfter: shown.filter(({ after }) => after.outcome === 'referred').length,
    transitions: transitionsOf(changed.map(({ before, after }) => [before.outcome, after.outcome])),
    examples: changed.slice(0, EXAMPLES),
    expected: comparison(compared.map(({ priced }) => priced)),
    realised: comparison(
      settled.map(({ caseId, actual, analysis }) => ({
        caseId,
        before: realisedPrice(decideUnder(analysis, active.costs), costs, actual),
        after: realisedPrice(decideUnder(analysis, costs), costs, actual),
      })),
    ),
  };
}

const NOTHING_SHOWN: CostPreview = {
  unreviewed: 0,
  changed: 0,
  referredBefore: 0,
  referredAfter: 0,
  transitions: [],
  examples: [],
  expected: null,
  realised: null,
};

/** How many fields go from one outcome to another, most frequent first. */
export function transitionsOf(changes: readonly (readonly [Outcome, Outcome])[]): CostPreview['transitions'] {
  const counted = new Map<string, { from: Outcome; to: Outcome; fields: number }>();
  for (const [from, to] of changes) {
    const key = `${from} ${to}`;
    counted.set(key, { from, to, fields: (counted.get(key)?.fields ?? 0) + 1 });
  }
  return [...counted.values()].sort((a, b) => b.fields - a.fields);
}
