import type { CostMatrix, TrainingProgress } from '@blastwise/contracts';
import type { RetrainingProgress } from '@blastwise/model';

/** What the work on one training needs, of whatever kind it is. */
export interface TrainingRun {
  /** The base's artifact. */
  readonly base: string;
  /** Of this attempt's own. */
  readonly folder: string;
  readonly costs: CostMatrix;
  readonly signal: AbortSignal;
  readonly note: (progress: TrainingProgress) => void;
  readonly onEpoch: (epoch: RetrainingProgress) => void;
}
