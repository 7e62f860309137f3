import type { CostMatrix } from '@blastwise/contracts';
import type { Predictor } from '../serving/index.ts';
import type { LabelledField } from './labelled-field.ts';

/** What the evidence is measured on. */
export interface Subject {
  readonly predictor: Predictor;
  readonly fields: readonly LabelledField[];
  readonly costs: CostMatrix;
  readonly seed: number;
}

/** One part of the evidence, planned: how many steps it takes, about one an image, and the work. */
export interface Part<Found> {
  readonly steps: number;
  readonly measure: (report: (done: number) => void) => Promise<Found>;
}

/** Counts runs one after another as one: give each its number of steps, and it has a `report` of its own. */
export function inTurn(report: (done: number) => void): (steps: number) => (done: number) => void {
  let all = 0;
  return (steps) => {
    const before = all;
    all += steps;
    return (done) => report(before + done);
  };
}

/** What stands where nothing can be measured. */
export const NOTHING: Part<null> = { steps: 0, measure: async () => null };

/**
 * Sets larger than these are sampled, drawn by the seed, so that the whole evidence takes minutes on two cores. A field
 * of `robustness` is read 18 times, one of `fieldOverCells` once a white cell.
 */
export const SAMPLES = {
  fieldOverCells: 120,
  robustness: 120,
  explanation: 120,
  fields: 400,
  pictures: 400,
} as const;
