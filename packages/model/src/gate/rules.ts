import { DomainError, GATE_MARGIN } from '@blastwise/contracts';

/** What a promotion asks for. */
export interface GateRules {
  /** Chance of promoting a model that is no better, over all uses of the test set together; above 0, at most 0.5. */
  readonly alpha: number;
  /** Uses of the test set among which alpha is shared equally (Bonferroni), 1 or more. */
  readonly budget: number;
  /** By how much the malignant-to-Benign rate may rise at most, 0..1. */
  readonly margin: number;
}

export const GATE_RULES: GateRules = { alpha: 0.05, budget: 1, margin: GATE_MARGIN };

/** Sign patterns drawn where they cannot be enumerated. */
export const DRAWS = 99_999;
/** Ten times the smallest p value of that many draws. */
export const SMALLEST_LEVEL = 1e-4;

/** The p value that one use of the test set must reach: alpha / budget. Throws `BAD_INPUT` for rules out of range. */
export function levelOf({ alpha, budget, margin }: GateRules): number {
  const refuse = (sentence: string): never => {
    throw new DomainError('BAD_INPUT', sentence);
  };
  if (!(alpha > 0 && alpha <= 0.5)) refuse('The gate needs an alpha above 0 and at most 0.5.');
  if (!(Number.isSafeInteger(budget) && budget >= 1)) refuse('The gate needs a budget of 1 use or more.');
  if (!(margin >= 0 && margin < 1)) refuse('The gate needs a margin of at least 0 and below 1.');
  const level = alpha / budget;
  if (level < SMALLEST_LEVEL)
    refuse(
      `Alpha shared by the budget is ${level.toPrecision(2)}, below the ${SMALLEST_LEVEL} that the gate can prove.`,
    );
  return level;
}
