import type { RgbImage } from '../images/index.ts';
import { type Component, connectedComponents, keepComponents, touchedBy } from './components.ts';
import { histogramOf, quantile } from './histogram.ts';
import { above, growMask, openMask } from './morphology.ts';
import { purpleCut } from './segment-stain.ts';
import { type DensityTables, densityTables, purpleChannel, smooth, stainDensities } from './stain.ts';

/**
 * Optical densities of purple. White cells of the ALL, BCCD and WBC pictures reach at least 0.08 over a quarter of their
 * area (first percentile), red cells and platelets that were taken for them hardly ever 0.06.
 */
const PURPLE = 0.06;
/** Beside deeply stained nuclei red cells pass for faint ones: somewhere a nucleus reaches this share of Otsu's cut. */
const OTSU_SHARE = 0.75;
/** Beyond this the nuclear stain is plain to see; grey copies and many recoloured ones never reach it. */
const CLEARLY_PURPLE = 0.12;
/** Least pixels of a nucleus, and of clear stain in a field that shows any: a lymphocyte's nucleus has about 150. */
const NUCLEUS = 25;
/** How far a white cell surely reaches beyond its purple part, and how far at most, pixels of a field. */
const CYTOPLASM = { least: 4, most: 9 } as const;
/** Fewer pixels than this tell nothing of how red cells look: about half of one. */
const RED_CELL = 200;
/** Red cells absorb about as much green light as each other, and next to no azure. */
const RED_LIKE = { green: 0.7, azure: 0.05 } as const;
/** Radius of the disc that what is left of a cell must hold, pixels. */
const FRINGE = 2;

const isLarge = ({ area }: Component): boolean => area >= NUCLEUS;

/**
 * What of a field's stain tells white cells from red ones, whatever the mask: what its byte values absorb, and 0|1 a pixel,
 * purple as nuclei are, and that with the cytoplasm that may surround it.
 */
export interface NuclearStain {
  readonly tables: DensityTables;
  readonly pixels: Uint8Array;
  readonly near: Uint8Array;
}

/** Null where no nuclear stain shows. */
export function nuclearStain(field: RgbImage): NuclearStain | null {
  const { width, height } = field;
  const tables = densityTables(field);
  const purple = purpleChannel(field, tables);
  const componentsAbove = (density: number) => connectedComponents(above(purple, density), width, height);
  if (!componentsAbove(CLEARLY_PURPLE).list.some(isLarge)) return null;
  const deep = keepComponents(componentsAbove(Math.max(PURPLE, OTSU_SHARE * purpleCut(purple))), isLarge);
  const faint = componentsAbove(PURPLE);
  const pixels = keepComponents(faint, touchedBy(faint, deep));
  return { tables, pixels, near: growMask(pixels, width, height, CYTOPLASM.most) };
}

/**
 * Takes red cells out of a mask of white ones, by colour: a network that also reads grey fields goes by darkness, and
 * takes deeply stained red cells of other laboratories for white ones. White cells lie within a cytoplasm's width of
 * something purple; what the mask shows elsewhere tells how red cells look, and its like goes near white cells too. Where
 * the field shows no nuclear stain, as in a grey copy, colour tells nothing and the mask itself is given back.
 * @param mask 0|1 a pixel of a field at the training scale.
 */
export function keepWhiteCells(field: RgbImage, stain: NuclearStain | null, mask: Uint8Array): Uint8Array {
  if (!stain) return mask;
  const { width, height } = field;
  const { tables, pixels, near } = stain;
  const isAway = (i: number): boolean => mask[i] === 1 && near[i] === 0;
  let away = 0;
  for (let i = 0; i < mask.length; i++) if (isAway(i)) away++;
  if (away === 0) return mask;
  const densities = stainDensities(field, tables);
  const [green, azure] = [smooth(densities.green, width, height), smooth(densities.azure, width, height)];
  const close = growMask(pixels, width, height, CYTOPLASM.least);
  const typical = away < RED_CELL ? Number.POSITIVE_INFINITY : quantile(histogramOf(green, 1, isAway), 0.5);
  const isRed = (i: number): boolean =>
    close[i] === 0 && (green[i] ?? 0) >= RED_LIKE.green * typical && (azure[i] ?? 0) < RED_LIKE.azure;
  const white = new Uint8Array(mask.length);
  for (let i = 0; i < white.length; i++) white[i] = mask[i] === 1 && near[i] === 1 && !isRed(i) ? 1 : 0;
  const kept = openMask(white, width, height, FRINGE);
  const pieces = connectedComponents(kept, width, height);
  return keepComponents(pieces, touchedBy(pieces, pixels));
}
