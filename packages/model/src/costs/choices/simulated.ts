import {
  type ChoiceAnswer,
  MATURITY_STAGES,
  type MaturityStage,
  type StageVector,
} from '@blastwise/contracts';
import type { SeededRandom } from '../../random/index.ts';
import type { Grid } from '../propose/grid.ts';
import type { Choice } from './choice-model.ts';

/** How a simulated expert answers, from by how much the first decision is cheaper. */
export type Expert = (advantage: number, random: SeededRandom) => ChoiceAnswer;

/** Prefers the cheaper decision as the model says. */
export const noisilyRational =
  (beta: number): Expert =>
  (advantage, random) =>
    random.next() < 1 / (1 + Math.exp(-beta * advantage)) ? 'first' : 'second';

/** Answers on fields of two likely stages, each of 0.3 to 0.7, and a rest of at most 0.1. */
export function simulateAnswers(
  costs: Grid<number>,
  count: number,
  random: SeededRandom,
  expert: Expert,
): Choice[] {
  return Array.from({ length: count }, () => {
    const [a = 0, b = 1] = random.shuffle([0, 1, 2, 3]);
    const [rest, torn] = [0.1 * random.next(), 0.3 + 0.4 * random.next()];
    const of = (stage: number) =>
      stage === a ? (1 - rest) * torn : stage === b ? (1 - rest) * (1 - torn) : rest / 2;
    const probabilities: StageVector = [of(0), of(1), of(2), of(3)];
    const costOf = (decision: number) =>
      probabilities.reduce((sum, p, actual) => sum + p * (costs[actual]?.[decision] ?? 0), 0);
    const answer = expert(costOf(b) - costOf(a), random);
    return { probabilities, first: nameOf(a), second: nameOf(b), answer };
  });
}

const nameOf = (stage: number): MaturityStage => MATURITY_STAGES[stage] ?? 'Benign';
