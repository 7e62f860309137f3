import type { MalignantToBenign } from './malignant.ts';

/** What was measured on both models. Costs are in the unit of the matrix, mean per field, challenger minus champion. */
export interface GateFigures {
  readonly fields: number;
  readonly groups: number;
  /** Mean with its 95 % interval by group bootstrap, and the one-sided p value of the group-level sign-flip test. */
  readonly costDifference: {
    readonly mean: number;
    readonly lower: number;
    readonly upper: number;
    readonly p: number;
  };
  readonly malignantToBenign: MalignantToBenign & { readonly margin: number };
  /** Groups whose cost under the two models differs. */
  readonly discordantGroups: number;
  /** The p value that must be reached: alpha / budget. */
  readonly level: number;
  /** The smallest p value that so many discordant groups can reach. */
  readonly smallestP: number;
  /** Gain per field, above 0, that would have reached the level with these groups; null where none could. */
  readonly smallestDetectable: number | null;
  readonly budget: number;
}
