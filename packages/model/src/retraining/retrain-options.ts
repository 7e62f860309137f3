import type { CostMatrix, PassedOver } from '@blastwise/contracts';
import type { FeatureTable } from '../artifact/index.ts';
import type { EngineName } from '../engine/index.ts';
import type { RetrainingProgress } from './fit-head.ts';
import type { LockedTest } from './judge-locked.ts';
import type { LockedImage } from './leak-guard.ts';
import type { RetrainingRecipe } from './recipe.ts';

export interface RetrainOptions {
  readonly recipe?: RetrainingRecipe;
  /** Of the epochs' cost, the gate and, with the recipe's `costWeight`, the loss. The study's by default. */
  readonly costs?: CostMatrix;
  readonly seed?: number;
  readonly engine?: EngineName;
  /** A folder of the run's own for its checkpoint; the caller removes it once the result is saved. */
  readonly folder?: string;
  /** Continue from the checkpoint in `folder` where there is one. */
  readonly resume?: boolean;
  /** Ends the run between two steps with the signal's reason; the checkpoint stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RetrainingProgress) => void;
  /** The model in service that the base is taken instead of, for the lineage. */
  readonly passedOver?: PassedOver | undefined;
  /** Images of locked test sets: nothing like them is learned from. */
  readonly lockedImages?: readonly LockedImage[];
  /** What the base's network sees in the fields of locked test sets without images: their pixels are not learned from. */
  readonly lockedFeatures?: readonly FeatureTable[];
  /** Fields to weigh the new head against the base on: one use of their test set, which the caller counts. */
  readonly locked?: LockedTest;
}
