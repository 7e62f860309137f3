import type { CostMatrix } from '@blastwise/contracts';
import type { ModelFigures } from '@blastwise/model';

/** The models on one split. */
export interface SplitComparison {
  /** Name of the split's file, without its extension. */
  readonly split: string;
  readonly strategy: string;
  readonly fields: number;
  readonly groups: number;
  readonly models: ModelFigures[];
  /** What could not be run, and why. */
  readonly skipped: { readonly model: string; readonly reason: string }[];
}

export interface Comparison {
  readonly seed: number;
  readonly costs: CostMatrix;
  readonly splits: readonly SplitComparison[];
}
