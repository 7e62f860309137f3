import { type CostTable, toStageVector } from '@blastwise/contracts';
import type { StandingChoice } from '@blastwise/db';
import { fitChoices, LEARNED_AT_LEAST } from '@blastwise/model/costs';
import type { LearnedCosts } from './schemas.ts';

type Chosen = LearnedCosts['cells'][number]['chosen'];

/** Costs from which errors readers would rather risk, beside and apart from those of judged severities. */
export function chosenCosts(
  founding: CostTable,
  choices: readonly StandingChoice[],
): { summary: LearnedCosts['choices']; cell: (actual: number, predicted: number) => Chosen } {
  const fit = fitChoices(
    founding,
    choices.map((choice) => ({ ...choice, probabilities: toStageVector(choice.probabilities) })),
  );
  return {
    summary: {
      answers: fit.answers,
      withoutPreference: choices.filter(({ answer }) => answer === 'no-preference').length,
      readers: new Set(choices.map(({ readerId }) => readerId)).size,
      foretold: fit.foretold,
    },
    cell: (actual, predicted) => {
      const learned = fit.learned[actual]?.[predicted] ?? 0;
      if (learned < LEARNED_AT_LEAST) return null;
      const [lower = 0, upper = 0] = fit.intervals[actual]?.[predicted] ?? [];
      return { cost: fit.matrix[actual]?.[predicted] ?? 0, interval: { lower, upper }, learned };
    },
  };
}
