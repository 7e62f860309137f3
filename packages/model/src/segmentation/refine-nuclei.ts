import type { RgbImage } from '../images/index.ts';
import { bytes, floats, integers, workspace } from '../memory/index.ts';
import { openMask } from './morphology.ts';
import { densityBin, densityHistogram, nucleusBin } from './nuclei.ts';
import { densityTable, smooth, whitePoint } from './stain.ts';

/** A white cell's surroundings in pixels of the image. */
export interface CellSurroundings {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RefinedNuclei {
  /** 0 or 255, of the image's size. */
  readonly nucleus: Uint8Array;
  /** Share of each cell's area that is nucleus, 0..1, in the order of the cells. */
  readonly shares: readonly number[];
}

/** Side of a cell in the training fields, pixels: there chromatin is hardly resolved, and 3 x 3 pixels smooth its grain. */
const TRAINING_CELL = 25;
const MOST_PASSES = 40;
/** Radius that a nucleus must hold to be kept, as a share of its cell's width: a cell's dark outline is thinner. */
const OUTLINE = 0.05;

/** Smooths, in place, so far that a cell of `side` pixels shows no more of its chromatin than a training field does. */
function smoothAt(values: Float32Array, width: number, height: number, side: number): void {
  const passes = Math.min(MOST_PASSES, Math.max(1, Math.round((side / TRAINING_CELL) ** 2)));
  for (let pass = 0; pass < passes; pass++) smooth(values, width, height, values);
}

const densities = workspace(floats);
const ofCell = { inside: workspace(integers), places: workspace(integers), dark: workspace(bytes) };

/**
 * Draws the borders of learned nuclei at the image's own resolution, which may be far above that of the network: in
 * every cell Otsu's cut (1979) of what its pixels absorb of green light, where that parts a nucleus from a clearly
 * paler cytoplasm, less the cell's own dark outline; elsewhere, as in a blast that is all nucleus, the learned nucleus
 * stays.
 * @param cell whole white cells, `nucleus` their learned nuclei: bytes that are not 0 inside, of the image's size.
 */
export function refineNuclei(
  image: RgbImage,
  cell: Uint8Array,
  nucleus: Uint8Array,
  cells: readonly CellSurroundings[],
): RefinedNuclei {
  const table = densityTable(whitePoint(image)[1]);
  const refined = nucleus.slice();
  const shares = cells.map((surroundings) => {
    const left = Math.max(0, Math.floor(surroundings.x));
    const top = Math.max(0, Math.floor(surroundings.y));
    const right = Math.min(image.width, Math.ceil(surroundings.x + surroundings.width));
    const bottom = Math.min(image.height, Math.ceil(surroundings.y + surroundings.height));
    const [width, height] = [right - left, bottom - top];
    const green = densities(width * height);
    // Where each pixel of the cell lies in its surroundings, and in the image.
    const [insides, placed] = [ofCell.inside(green.length), ofCell.places(green.length)];
    let n = 0;
    for (let y = 0, i = 0; y < height; y++) {
      for (let at = (top + y) * image.width + left, end = at + width; at < end; at++, i++) {
        green[i] = table[image.data[3 * at + 1] ?? 0] ?? 0;
        if (cell[at] === 0) continue;
        insides[n] = i;
        placed[n++] = at;
      }
    }
    smoothAt(green, width, height, surroundings.width);
    const [inside, places] = [insides.subarray(0, n), placed.subarray(0, n)];
    const cut = nucleusBin(densityHistogram(green, inside));
    if (cut > 0) {
      const dark = ofCell.dark(green.length).fill(0);
      for (let k = 0; k < n; k++) {
        const i = inside[k] ?? 0;
        dark[i] = densityBin(green[i] ?? 0) >= cut ? 1 : 0;
      }
      const compact = openMask(dark, width, height, OUTLINE * surroundings.width);
      for (let k = 0; k < n; k++) refined[places[k] ?? 0] = compact[inside[k] ?? 0] === 1 ? 255 : 0;
    }
    let area = 0;
    for (let k = 0; k < n; k++) if (refined[places[k] ?? 0] !== 0) area++;
    return area / Math.max(1, n);
  });
  return { nucleus: refined, shares };
}
