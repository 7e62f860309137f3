import { luminanceAt, type RgbImage } from '../images/index.ts';
import { bytes, floats, workspace } from '../memory/index.ts';

/** Luminance of a field, 0..255 a pixel. */
export function luminanceOf({ data }: RgbImage): Float32Array {
  const luminance = new Float32Array(data.length / 3);
  for (let i = 0; i < luminance.length; i++) luminance[i] = luminanceAt(data, 3 * i);
  return luminance;
}

/** Moves the value that would stand at `rank` of the ascending order there (Hoare's selection). */
function select(values: Float32Array, rank: number): number | undefined {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const pivot = values[rank] ?? 0;
    let [i, j] = [from, to];
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i++;
      while ((values[j] ?? 0) > pivot) j--;
      if (i > j) break;
      const held = values[i] ?? 0;
      values[i++] = values[j] ?? 0;
      values[j--] = held;
    }
    if (j < rank) from = i;
    if (rank < i) to = j;
  }
  return values[rank];
}

const stepOf = workspace(bytes);
const ofOneStep = workspace(floats);

/**
 * Quantiles of levels, 0 to below 256, in any order; null where there are none. They are first dealt to whole levels; what
 * has that of a quantile is selected from.
 */
export function quantilesOf(values: Float32Array, shares: readonly number[]): (number | null)[] {
  if (values.length === 0) return shares.map(() => null);
  const counts = new Uint32Array(256);
  const steps = stepOf(values.length);
  for (let i = 0; i < values.length; i++) {
    const step = (values[i] ?? 0) | 0;
    steps[i] = step;
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return shares.map((q) => {
    const rank = Math.min(values.length - 1, Math.floor(q * values.length));
    let [step, below] = [0, 0];
    for (let n = counts[0] ?? 0; below + n <= rank; n = counts[++step] ?? 0) below += n;
    const own = ofOneStep(counts[step] ?? 0);
    for (let i = 0, n = 0; i < steps.length; i++) if (steps[i] === step) own[n++] = values[i] ?? 0;
    return select(own, rank - below) ?? null;
  });
}

/** One quantile of levels, likewise. */
export const quantileOf = (values: Float32Array, q: number): number | null =>
  quantilesOf(values, [q])[0] ?? null;
