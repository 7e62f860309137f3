import type { CostMatrix, PassedOver } from '@blastwise/contracts';
import type { EngineName } from '../../engine/index.ts';
import type { RetrainingProgress } from '../fit-head.ts';
import type { LockedImage } from '../leak-guard.ts';
import type { ReadFile } from './corrected-image.ts';
import type { NetworkRecipe } from './recipe.ts';

/** What a running retraining of a network tells. */
export type NetworkProgress =
  /** The folder's fields, then the corrected ones, then what the frozen part says of their views. */
  | { readonly phase: 'folder' | 'fields' | 'cache'; readonly done: number; readonly of: number }
  /** An epoch of the U-Net. */
  | {
      readonly phase: 'masks';
      readonly epoch: number;
      readonly of: number;
      readonly loss: number;
      /** Mean Dice of cells and nuclei on what the epochs are judged by. */
      readonly dice: number;
      readonly secondsLeft: number;
    }
  /** An epoch of the upper part. */
  | ({ readonly phase: 'epochs' } & RetrainingProgress);

export interface NetworkOptions {
  /** The folder of the base's own fields, one folder of images a stage. */
  readonly dataFolder: string;
  /** Files of the corrected fields, by their SHA-256. */
  readonly readFile: ReadFile;
  /** A folder of the run's own for its state; the caller removes it once the result is saved. */
  readonly folder: string;
  /** Continue from the state in `folder` where there is one. */
  readonly resume?: boolean;
  readonly recipe?: NetworkRecipe;
  /** Of the epochs' cost and, with the recipe's `costWeight`, the loss. The study's by default. */
  readonly costs?: CostMatrix;
  readonly seed?: number;
  readonly engine?: EngineName;
  /** Ends the run with the signal's reason; its state stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: NetworkProgress) => void;
  /** The model in service that the base is taken instead of, for the lineage. */
  readonly passedOver?: PassedOver | undefined;
  /** Images of locked test sets: nothing like them is learned from. */
  readonly lockedImages?: readonly LockedImage[];
}
