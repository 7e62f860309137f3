import type { AdamWState } from './optimiser/index.ts';

/** What a step tells: the mean loss of its batch, and where it names anything, how many of how many samples it named right. */
export interface StepResult {
  readonly loss: number;
  readonly correct: number;
  readonly size: number;
}

/** Moves a model's weights down the gradients of batches, by AdamW. */
export interface Learner<Batch> {
  /** One step at a learning rate. */
  step(batch: Batch, rate: number): Promise<StepResult>;
  /** Puts what has been learned into the model's own weights, where it is not learned in place. */
  settle(): void;
  /** Goes on from the model's own weights and an optimiser's kept state. */
  resume(state: AdamWState): void;
  state(): Promise<AdamWState>;
  dispose(): Promise<void>;
}
