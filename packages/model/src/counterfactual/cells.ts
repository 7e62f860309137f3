import { backgroundStatistics, type Rgb, type RgbImage } from '../images/index.ts';

/** Mid-grey: what the hybrid's own masking puts where no cell is. */
export const NEUTRAL: Rgb = [128, 128, 128];

/** The field where `mask` (0|1 a pixel) equals `where` replaced by one colour. */
function paint(field: RgbImage, mask: Uint8Array, where: 0 | 1, colour: Readonly<Rgb>): RgbImage {
  const data = field.data.slice();
  mask.forEach((m, i) => {
    if (m === where) data.set(colour, i * 3);
  });
  return { ...field, data };
}

/** Cells only: everything but the white cells replaced by one neutral background. */
export const cellsOnly = (
  field: RgbImage,
  cells: Uint8Array,
  background: Readonly<Rgb> = NEUTRAL,
): RgbImage => paint(field, cells, 0, background);

/** Cell-less: the white cells painted over with the field's own background colour. */
export const withoutCells = (field: RgbImage, cells: Uint8Array): RgbImage =>
  paint(field, cells, 1, backgroundStatistics(field).median.map(Math.round) as Rgb);
