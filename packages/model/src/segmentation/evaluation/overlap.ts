/** Pixels of a mask found and of a true one. */
export interface OverlapCounts {
  readonly both: number;
  readonly found: number;
  readonly truth: number;
}

/** Counts the pixels that are not 0 in two masks of one size. */
export function countOverlap(found: Uint8Array, truth: Uint8Array): OverlapCounts {
  if (found.length !== truth.length) throw new RangeError('Two masks of different sizes cannot be compared.');
  const counts = { both: 0, found: 0, truth: 0 };
  for (let i = 0; i < found.length; i++) {
    const [f, t] = [found[i] !== 0, truth[i] !== 0];
    if (f) counts.found++;
    if (t) counts.truth++;
    if (f && t) counts.both++;
  }
  return counts;
}

/** Dice coefficient 2 |A and B| / (|A| + |B|) (Dice 1945); 1 where both masks are empty. */
export const diceOf = ({ both, found, truth }: OverlapCounts): number =>
  found + truth === 0 ? 1 : (2 * both) / (found + truth);

/** Intersection over union |A and B| / |A or B| (Jaccard 1912); 1 where both masks are empty. */
export const iouOf = ({ both, found, truth }: OverlapCounts): number =>
  found + truth === 0 ? 1 : both / (found + truth - both);
