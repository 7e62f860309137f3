import { fillHoles } from './components.ts';
import { splitCells } from './count-cells.ts';
import { CHAMFER_UNIT } from './distance.ts';
import { cellSizes, openMask } from './morphology.ts';
import { otsuBin } from './otsu.ts';

const BINS = 64;
const DENSEST = 1.6;
const OUTLINE = 1.5;
/** Cytoplasm absorbs at most this share of the green that the nucleus does. */
const CYTOPLASM_TO_NUCLEUS = 0.55;

/** The bin of a green density, 0..63. */
export const densityBin = (green: number): number =>
  Math.min(Math.max(Math.floor((green / DENSEST) * BINS), 0), BINS - 1);

/** Of the green densities at some places. */
export function densityHistogram(green: Float32Array, places: Int32Array): Uint32Array {
  const counts = new Uint32Array(BINS);
  for (let k = 0; k < places.length; k++) {
    const bin = densityBin(green[places[k] ?? 0] ?? 0);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

export interface NucleusCut {
  /** Mean bin at most this share of the nucleus's, or there is no cytoplasm to tell from it. */
  readonly cytoplasmToNucleus?: number;
  /** How far the cut lies from Otsu's towards the cytoplasm, as a share of what parts their means. */
  readonly penumbra?: number;
}

/** Otsu's cut of one cell's green densities; 0 where the two sides hardly differ, as in a blast that is all nucleus. */
export function nucleusBin(
  counts: Uint32Array,
  { cytoplasmToNucleus = CYTOPLASM_TO_NUCLEUS, penumbra = 0 }: NucleusCut = {},
): number {
  const cut = otsuBin(counts);
  const mean = (from: number, to: number): number => {
    let n = 0;
    let sum = 0;
    for (let bin = from; bin < to; bin++) {
      n += counts[bin] ?? 0;
      sum += (bin + 0.5) * (counts[bin] ?? 0);
    }
    return sum / Math.max(1, n);
  };
  const [cytoplasm, nucleus] = [mean(0, cut), mean(cut, BINS)];
  if (cytoplasm >= cytoplasmToNucleus * nucleus) return 0;
  return Math.max(1, Math.round(cut - penumbra * (nucleus - cytoplasm)));
}

/**
 * The nuclei inside the cells: in every cell the part that absorbs clearly more green light, within `purple`, the
 * part that is purple at all.
 */
export function splitNuclei(
  cell: Uint8Array,
  purple: Uint8Array,
  green: Float32Array,
  width: number,
  height: number,
): Uint8Array {
  const { labels, count, depth } = splitCells(cell, width, height);
  const histograms = Array.from({ length: count + 1 }, () => new Uint32Array(BINS));
  const bins = new Uint8Array(cell.length);
  for (let i = 0; i < cell.length; i++) {
    const label = labels[i] ?? 0;
    if (label === 0) continue;
    const bin = densityBin(green[i] ?? 0);
    bins[i] = bin;
    // The blurred outline of a cell is pale whatever lies inside.
    if ((depth[i] ?? 0) <= OUTLINE * CHAMFER_UNIT) continue;
    const histogram = histograms[label];
    if (histogram) histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const cuts = histograms.map((counts) => nucleusBin(counts));
  const nucleus = new Uint8Array(cell.length);
  for (let i = 0; i < nucleus.length; i++) {
    nucleus[i] = purple[i] === 1 && (bins[i] ?? 0) >= (cuts[labels[i] ?? 0] ?? 0) ? 1 : 0;
  }
  return openMask(fillHoles(nucleus, width, height, cellSizes(width, height).spot), width, height, 1);
}
