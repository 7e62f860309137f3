import type { WhiteCellMasks } from '../segment-stain.ts';
import { countOverlap, diceOf, iouOf, type OverlapCounts } from './overlap.ts';

/** How the masks of one picture agree with the hand's. */
export interface MaskScore {
  readonly name: string;
  readonly cell: OverlapCounts;
  readonly nucleus: OverlapCounts;
}

/** @param found bytes that are not 0 inside; `nucleus` null scores as nothing found. */
export function scoreMasks(
  name: string,
  found: { readonly cell: Uint8Array; readonly nucleus: Uint8Array | null },
  truth: WhiteCellMasks,
): MaskScore {
  const nucleus = found.nucleus ?? new Uint8Array(truth.nucleus.length);
  return { name, cell: countOverlap(found.cell, truth.cell), nucleus: countOverlap(nucleus, truth.nucleus) };
}

export interface Agreement {
  /** Means over the pictures. */
  readonly dice: number;
  readonly iou: number;
  /** Pictures whose Dice is below one half. */
  readonly failures: number;
}

export interface AgreementGroup {
  readonly group: string;
  readonly n: number;
  readonly cell: Agreement;
  readonly nucleus: Agreement;
}

const FAILED = 0.5;
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function agreement(counts: readonly OverlapCounts[]): Agreement {
  const dice = counts.map(diceOf);
  return { dice: mean(dice), iou: mean(counts.map(iouOf)), failures: dice.filter((d) => d < FAILED).length };
}

const groupOf = (group: string, scores: readonly MaskScore[]): AgreementGroup => ({
  group,
  n: scores.length,
  cell: agreement(scores.map((s) => s.cell)),
  nucleus: agreement(scores.map((s) => s.nucleus)),
});

/** The scores in four parts of one size, by a measure of the true cell, least first. */
function quarters(name: string, scores: readonly MaskScore[], measure: (score: MaskScore) => number) {
  const sorted = [...scores].sort((a, b) => measure(a) - measure(b));
  return [0, 1, 2, 3].flatMap((q) => {
    const part = sorted.slice(Math.floor((q * sorted.length) / 4), Math.floor(((q + 1) * sorted.length) / 4));
    return part.length === 0 ? [] : [groupOf(`${name}, quarter ${q + 1}`, part)];
  });
}

const folderOf = ({ name }: MaskScore): string =>
  name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '.';

/**
 * Agreement of all pictures, of each folder, and by what tells the kinds of cell apart: how large the cell is (area)
 * and how much of it is nucleus (little in granulocytes, most of a lymphocyte).
 */
export function handMaskReport(scores: readonly MaskScore[]) {
  const folders = [...new Set(scores.map(folderOf))].sort();
  return {
    n: scores.length,
    all: groupOf('all', scores),
    folders: folders.map((folder) =>
      groupOf(
        folder,
        scores.filter((s) => folderOf(s) === folder),
      ),
    ),
    bySize: folders.flatMap((folder) =>
      quarters(
        `${folder}: area`,
        scores.filter((s) => folderOf(s) === folder),
        (s) => s.cell.truth,
      ),
    ),
    byNucleusShare: quarters('nucleus share', scores, (s) => s.nucleus.truth / Math.max(1, s.cell.truth)),
    failures: scores
      .filter((s) => diceOf(s.cell) < FAILED || diceOf(s.nucleus) < FAILED)
      .map((s) => ({ name: s.name, cellDice: diceOf(s.cell), nucleusDice: diceOf(s.nucleus) })),
  };
}
