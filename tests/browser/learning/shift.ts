import { isMalignant } from '@blastwise/contracts';
import { meanProbability } from './answers.ts';
import type { AnsweredCase } from './cases.ts';
import type { Look } from './looks.ts';

/** A shift in the data: malignant cells that the model takes for benign ones in the pictures of another laboratory. */
export interface Shift {
  readonly look: Look;
  /** Benign cells in its pictures: whoever learns the one must still know the other. */
  readonly healthy: Look;
}

const RATHER_SURE = 0.6;

/** The shift that the model is most mistaken in, from a case of each look. */
export function shiftAmong(probes: readonly AnsweredCase[]): Shift {
  const missed = (probe: AnsweredCase): number => meanProbability('Benign', [probe]);
  const [probe] = probes
    .filter(({ look }) => isMalignant(look.cells))
    .toSorted((a, b) => missed(b) - missed(a));
  if (!probe || missed(probe) < RATHER_SURE)
    throw new Error('The model is sure of no malignant cells that they are benign.');
  const { look } = probe;
  return { look, healthy: { cells: 'Benign', microscope: look.microscope } };
}

/** Whether two looks are the same one. */
export const alike = (a: Look, b: Look): boolean => a.cells === b.cells && a.microscope === b.microscope;
