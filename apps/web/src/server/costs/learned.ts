import { type CostWeights, DEFAULT_COST_WEIGHTS, MATURITY_STAGES } from '@blastwise/contracts';
import {
  activeCosts,
  foundingCosts,
  type SeverityJudgement,
  severityJudgements,
  standingChoices,
} from '@blastwise/db';
import { proposeCosts, roundProposal } from '@blastwise/model/costs';
import type { Services } from '../services.ts';
import { chosenCosts } from './chosen.ts';
import type { LearnedCosts } from './schemas.ts';

/**
 * Costs computed from how harmful readers judged the errors of settled fields, and beside them what their choices under
 * doubt say. Stores nothing.
 */
export async function learnedCosts(
  { db }: Services,
  weights: CostWeights = DEFAULT_COST_WEIGHTS,
): Promise<LearnedCosts> {
  const [active, founding, { judgements, leftOut }, choices] = await Promise.all([
    activeCosts(db),
    foundingCosts(db),
    severityJudgements(db),
    standingChoices(db),
  ]);
  const chosen = chosenCosts(founding.costs.matrix, choices);
  const proposal = proposeCosts({
    prior: founding.costs.matrix,
    active: active.costs.matrix,
    corrections: judgements.map(({ imageId, ...correction }) => ({ ...correction, field: imageId })),
    weights,
  });
  const matrix = roundProposal(proposal.matrix, active.costs.matrix);
  const wrong = judgements.filter(({ actual, predicted }) => actual !== predicted);
  const cells = MATURITY_STAGES.flatMap((actual, a) =>
    MATURITY_STAGES.flatMap((predicted, p): LearnedCosts['cells'] => {
      if (a === p) return [];
      const judged = wrong.filter((j) => j.actual === actual && j.predicted === predicted);
      const [lower = 0, upper = 0] = proposal.intervals[a]?.[p] ?? [];
      return [
        {
          actual,
          predicted,
          active: active.costs.matrix[a]?.[p] ?? 0,
          proposed: matrix[a]?.[p] ?? 0,
          posterior: proposal.posterior[a]?.[p] ?? 0,
          interval: { lower, upper },
          evidence: proposal.evidence[a]?.[p] ?? 0,
          judgements: judged.length,
          fields: fieldsOf(judged),
          chosen: chosen.cell(a, p),
        },
      ];
    }),
  );
  return {
    active: { id: active.id, version: active.version },
    costs: { ...active.costs, matrix },
    weights,
    cells,
    counts: {
      used: wrong.length,
      fields: fieldsOf(wrong),
      skipped: proposal.skipped,
      leftOut,
    },
    choices: chosen.summary,
  };
}

const fieldsOf = (judgements: readonly SeverityJudgement[]): number =>
  new Set(judgements.map(({ imageId }) => imageId)).size;
