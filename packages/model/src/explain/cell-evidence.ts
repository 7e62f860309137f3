import type { StageVector } from '@blastwise/contracts';
import type { LabelledCells } from '../segmentation/index.ts';
import type { EvidenceMap } from './evidence.ts';
import { perStage } from './per-stage.ts';
import { samplesAlong } from './sample.ts';

/** How much of each place of a map lies under each cell: one row of `side * side` shares a cell, 0..1. */
function sharesOf({ count, labels }: LabelledCells, size: number, side: number): Float64Array[] {
  const shares = Array.from({ length: count }, () => new Float64Array(side * side));
  const samples = samplesAlong(size, 0, 1, size, side);
  // Every place weighs as much as the pixels of one place of the map.
  const unit = (side / size) ** 2;
  for (const [row, y] of samples.entries()) {
    for (let column = 0; column < size; column++) {
      const label = labels[row * size + column] ?? 0;
      if (label === 0) continue;
      const [share, x] = [shares[label - 1], samples[column]];
      if (!share || !x) continue;
      const add = (place: number, weight: number) => {
        share[place] = (share[place] ?? 0) + unit * weight;
      };
      add(y.low * side + x.low, (1 - y.weight) * (1 - x.weight));
      add(y.low * side + x.high, (1 - y.weight) * x.weight);
      add(y.high * side + x.low, y.weight * (1 - x.weight));
      add(y.high * side + x.high, y.weight * x.weight);
    }
  }
  return shares;
}

/**
 * What each cell adds to each logit: the signed evidence, upsampled to the field so that its sum is kept, summed over
 * the cell's pixels. With what lies outside the cells these add up to the evidence of the whole map.
 *
 * @param cells labelled on a field of `size` x `size` pixels.
 */
export function cellEvidence(
  { side, values }: EvidenceMap,
  cells: LabelledCells,
  size: number,
): StageVector[] {
  const under = (share: Float64Array, evidence: Float64Array) =>
    share.reduce((sum, part, place) => sum + part * (evidence[place] ?? 0), 0);
  return sharesOf(cells, size, side).map((share) => perStage((s) => under(share, values[s])));
}
