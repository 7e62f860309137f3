import { type Bounds, wilson } from '../../metrics/index.ts';

/** How well the other answers foretell each answer; those without a preference foretell nothing and are not counted. */
export interface Foretold {
  readonly right: number;
  readonly of: number;
  /** 95 % of the share. A coin is right in half. */
  readonly interval: Bounds;
}

/** One answer beside what all answers amount to. */
export interface Answered {
  /** Log odds of the first decision under costs that can be costs: an expert who would need negative ones is not foretold. */
  readonly odds: number;
  /** Variance of these odds under the posterior. */
  readonly leverage: number;
  /** 1: the first decision; 0: the second; 0.5: no preference. */
  readonly said: number;
}

/**
 * Leave-one-out: each answer's odds without the answer itself, by one Newton step from the highest point of the posterior,
 * where taking an answer of residual r = said - sigmoid(odds), curvature w and leverage h away moves its odds by
 * -r h / (1 - w h) (Pregibon 1981, Logistic regression diagnostics). Even odds are half right. Null without any preference.
 */
export function foretell(answers: readonly Answered[]): Foretold | null {
  const scores = answers
    .filter(({ said }) => said !== 0.5)
    .map((answer) => {
      const odds = oddsWithout(answer);
      return odds === 0 ? 0.5 : odds > 0 === answer.said > 0.5 ? 1 : 0;
    });
  if (scores.length === 0) return null;
  const right = scores.reduce<number>((sum, score) => sum + score, 0);
  return { right, of: scores.length, interval: wilson(right, scores.length) };
}

export function oddsWithout({ odds, leverage, said }: Answered): number {
  const likely = 1 / (1 + Math.exp(-odds));
  return odds - ((said - likely) * leverage) / (1 - likely * (1 - likely) * leverage);
}
