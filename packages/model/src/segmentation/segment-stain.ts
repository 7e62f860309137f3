import type { RgbImage } from '../images/index.ts';
import { connectedComponents, keepComponents } from './components.ts';
import { histogramOf, otsuThreshold, quantile } from './histogram.ts';
import { above, cellSizes, growMask, openMask, tidyMask } from './morphology.ts';
import { splitNuclei } from './nuclei.ts';
import { dropSmudges } from './smudges.ts';
import { stainChannels } from './stain.ts';

export interface WhiteCellMasks {
  /** Whole white cells, nucleus and cytoplasm; one byte a pixel, 0 or 1. */
  readonly cell: Uint8Array;
  /** Their nuclei. */
  readonly nucleus: Uint8Array;
}

/** Purple beyond this density counts as this much, or dark lymphocytes would hide pale blasts from Otsu. */
const SATURATED = 0.3;
/** Bounds of Otsu's cut: a field without white cells has none to find, a crowded one keeps its pale ones. */
const PURPLE = { least: 0.07, most: 0.14 } as const;
/** A nucleus reaches as far as half the cut, but never into the colour of red cells. */
const FAINT_PURPLE = 0.04;
const FAINT_AZURE = 0.08;

/** Otsu's cut between red cells and nuclei on the purple density, within bounds. */
export function purpleCut(purple: Float32Array): number {
  const cut = otsuThreshold(histogramOf(purple, SATURATED));
  return Math.min(Math.max(cut, PURPLE.least), PURPLE.most);
}

/** `base` and the pixels above `cut` within `near`. */
function extend(base: Uint8Array, near: Uint8Array, values: Float32Array, cut: number): Uint8Array {
  const extended = base.slice();
  for (let i = 0; i < extended.length; i++) if (near[i] === 1 && (values[i] ?? 0) > cut) extended[i] = 1;
  return extended;
}

/**
 * Finds the white cells by their stain, whatever the slide's hue: optical densities against the field's own white
 * point, Otsu's cut on the purple that red cells lack, hysteresis around it, smudges dropped, then cytoplasm: what is
 * bluer or more purple than nearly everything away from the cells.
 * @param field RGB of any size; sizes are taken relative to it, as in a field of several cells.
 */
export function segmentStain(field: RgbImage): WhiteCellMasks {
  const { width, height } = field;
  const { fringe, reach, smallest } = cellSizes(width, height);
  const channels = stainChannels(field);
  const { purple, azure, green } = channels;
  const cut = purpleCut(purple);
  const opened = openMask(above(purple, cut), width, height, fringe);
  const seeds = keepComponents(connectedComponents(opened, width, height), ({ area }) => area >= smallest);
  const nearSeeds = growMask(seeds, width, height, reach);
  const elsewhere = (i: number): boolean => nearSeeds[i] === 0;
  const faint = extend(seeds, nearSeeds, purple, Math.max(FAINT_PURPLE, cut / 2));
  const body = dropSmudges(tidyMask(faint, width, height), width, height, channels, elsewhere);
  const nearBodies = growMask(body, width, height, 0.75 * reach);
  const azureCut = Math.max(FAINT_AZURE, quantile(histogramOf(azure, 1, elsewhere), 0.995));
  const cell = tidyMask(extend(body, nearBodies, azure, azureCut), width, height);
  return { cell, nucleus: splitNuclei(cell, body, green, width, height) };
}
