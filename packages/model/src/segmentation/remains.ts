import type { RgbImage } from '../images/index.ts';
import { connectedComponents, keepComponents, touchedBy } from './components.ts';
import { above, cellSizes, growMask, openMask } from './morphology.ts';
import { purpleCut } from './segment-stain.ts';
import { stainChannels } from './stain.ts';

/** A third of the cut reaches into the pale rims of smudges; red cells stay below the least. */
const FAINT_SHARE = 1 / 3;
const FAINT_LEAST = 0.03;
/** How far the halo of a cell reaches beyond its mask, as a share of the side (3 of 224 px). */
const HALO = 0.0134;

/**
 * Everything by which white cells could still be known: the cells, smudges, fragments cut by the border, platelets as
 * purple as a nucleus, and a halo around each; one byte a pixel, 0 or 1.
 * @param cells masks of the white cells found, 0|1 a pixel.
 */
export function cellRemains(field: RgbImage, cells: Uint8Array): Uint8Array {
  const { width, height } = field;
  const { purple } = stainChannels(field);
  const cut = purpleCut(purple);
  const certain = openMask(above(purple, cut), width, height, 1);
  const stained = above(purple, Math.max(FAINT_LEAST, FAINT_SHARE * cut));
  cells.forEach((cell, i) => {
    if (cell === 1) certain[i] = 1;
    if (certain[i] === 1) stained[i] = 1;
  });
  const components = connectedComponents(stained, width, height);
  const isCertain = touchedBy(components, certain);
  const speck = cellSizes(width, height).smallest / 4;
  const kept = keepComponents(components, (component) => component.area >= speck && isCertain(component));
  return growMask(kept, width, height, Math.max(1, Math.round(HALO * Math.sqrt(width * height))));
}
