import { composeField, cropImage, FIELD_SIZE, type RgbImage, resizeImage } from '../images/index.ts';
import { countCells, segmentStain } from '../segmentation/index.ts';
import { type FieldCell, fieldCells, typicalDiameter } from './field-cells.ts';
import { letterboxFactor, scaledSize } from './tiles.ts';
import { MOST_ZOOM, NATURAL_DIAMETER, TRAINING_CELL_DIAMETER } from './training-scale.ts';
import { overviewOf, stainedWindows } from './windows.ts';

/** Looks that step back from cells too large, at most. */
const REFINEMENTS = 3;

/** So many cells of training size are no fragments of one. */
const SEVERAL = 5;

/** What the stain method sees at a factor: how many cells, and their typical diameter in field pixels; null for none. */
type Look = (factor: number) => Promise<{ readonly cells: number; readonly diameter: number } | null>;

async function cellsInWindow(image: RgbImage, factor: number): Promise<FieldCell[]> {
  const size = scaledSize(image.width, image.height, factor);
  const [width, height] = [Math.min(FIELD_SIZE, size.width), Math.min(FIELD_SIZE, size.height)];
  const [left, top] = [Math.floor((FIELD_SIZE - width) / 2), Math.floor((FIELD_SIZE - height) / 2)];
  const placement = { scale: factor, left, top, width, height };
  const field = composeField(await resizeImage(image, width, height), placement, { coverScaleBar: false });
  return fieldCells(countCells(segmentStain(field).cell, FIELD_SIZE, FIELD_SIZE), placement);
}

async function lookAt(image: RgbImage): Promise<Look> {
  const overview = await overviewOf(image);
  return async (factor) => {
    const cells: FieldCell[] = [];
    for (const window of stainedWindows(image, overview, factor)) {
      cells.push(...(await cellsInWindow(cropImage(image, window), factor)));
    }
    const diameter = typicalDiameter(cells);
    return diameter === null ? null : { cells: cells.length, diameter };
  };
}

/** Steps back until the cells seen are of training size; nearer, the parts of a cell would pass for cells. */
async function refine(look: Look, start: number, seen: number): Promise<number> {
  let [factor, diameter] = [start, seen];
  for (let i = 0; i < REFINEMENTS; i++) {
    if (diameter <= NATURAL_DIAMETER.most) break;
    const next = (factor * TRAINING_CELL_DIAMETER) / diameter;
    const found = await look(next);
    if (found === null) break;
    [factor, diameter] = [next, found.diameter];
  }
  return diameter / factor;
}

/**
 * The typical white-cell diameter of an image in its own pixels, by colour alone. The whole image at once is looked at
 * first: several cells of training size settle it. Otherwise the stain method looks from the scale at which a cell
 * would fill the image, twice as large each time, until it sees cells of about training size. From that side a single
 * large cell is seen whole before its nuclear lobes or granules can pass for cells. Only the most stained parts of a
 * large image are looked at.
 * @returns null where no cell is found at any scale up to MOST_ZOOM.
 */
export async function estimateCellDiameter(image: RgbImage): Promise<number | null> {
  const look = await lookAt(image);
  const letterbox = letterboxFactor(image.width, image.height);
  const whole = await look(letterbox);
  const { least, most } = NATURAL_DIAMETER;
  if (whole && whole.cells >= SEVERAL && whole.diameter >= least && whole.diameter <= most) {
    return whole.diameter / letterbox;
  }
  let small: number | null = null;
  for (let factor = TRAINING_CELL_DIAMETER / Math.max(image.width, image.height); ; factor *= 2) {
    const zoom = Math.min(factor, MOST_ZOOM);
    const seen = await look(zoom);
    if (seen && seen.diameter >= least) return refine(look, zoom, seen.diameter);
    if (seen) small = seen.diameter / zoom;
    if (factor >= MOST_ZOOM) return small;
  }
}
