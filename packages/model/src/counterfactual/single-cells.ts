import { createImage, type Rgb, type RgbImage } from '../images/index.ts';
import type { SeededRandom } from '../random/index.ts';
import { countCells } from '../segmentation/index.ts';
import { NEUTRAL, withoutCells } from './cells.ts';

/** One white cell of a field: its pixels, and the middle of the box around them. */
interface SingleCell {
  /** Indices into the field, ascending. */
  readonly pixels: readonly number[];
  readonly x: number;
  readonly y: number;
  /** Whether the border of the field cuts it. */
  readonly cut: boolean;
}

/** The white cells of a mask (0|1 a pixel), touching ones split, by their number. */
function singleCells({ width, height }: RgbImage, cells: Uint8Array): SingleCell[] {
  const { count, labels } = countCells(cells, width, height);
  const pixels = Array.from({ length: count }, (): number[] => []);
  labels.forEach((label, i) => {
    if (label > 0) pixels[label - 1]?.push(i);
  });
  return pixels.map((own) => {
    const columns = own.map((i) => i % width);
    const [left, right] = [Math.min(...columns), Math.max(...columns)];
    const [top, bottom] = [Math.floor((own[0] ?? 0) / width), Math.floor((own.at(-1) ?? 0) / width)];
    return {
      pixels: own,
      x: Math.round((left + right) / 2),
      y: Math.round((top + bottom) / 2),
      cut: left === 0 || top === 0 || right === width - 1 || bottom === height - 1,
    };
  });
}

/** Pastes a cell of `from` into `onto`, of the same size, its middle at `x`, `y`; what falls outside is lost. */
function paste(onto: RgbImage, from: RgbImage, cell: SingleCell, x: number, y: number): void {
  const { width, height } = onto;
  for (const i of cell.pixels) {
    const column = (i % width) - cell.x + x;
    const row = Math.floor(i / width) - cell.y + y;
    if (column < 0 || column >= width || row < 0 || row >= height) continue;
    onto.data.set(from.data.subarray(3 * i, 3 * i + 3), 3 * (row * width + column));
  }
}

/**
 * Every white cell alone: cut out of the field and centred on one neutral colour, at its own scale, in an image of the
 * field's size. None where the mask holds no cell.
 */
export function cellCrops(
  field: RgbImage,
  cells: Uint8Array,
  background: Readonly<Rgb> = NEUTRAL,
): RgbImage[] {
  const { width, height } = field;
  return singleCells(field, cells).map((cell) => {
    const crop = createImage(width, height, background);
    paste(crop, field, cell, Math.floor(width / 2), Math.floor(height / 2));
    return crop;
  });
}

/**
 * Cells shuffled in place: the white cells exchange their places by chance, none keeping its own, over the background
 * painted as in a cell-less field. Cells and background stay what they are; only which cell lies beside which is lost.
 * Cells cut by the border, which would show the cut elsewhere, keep their places, and so does a cell that is alone.
 * Larger cells are laid first, so that none is hidden.
 */
export function shuffledCells(field: RgbImage, cells: Uint8Array, random: SeededRandom): RgbImage {
  const found = singleCells(field, cells);
  const whole = random.shuffle(found.filter(({ cut }) => !cut));
  const image = withoutCells(field, cells, random);
  const moves = [
    ...whole.map((cell, k) => ({ cell, to: whole[(k + 1) % whole.length] ?? cell })),
    ...found.filter(({ cut }) => cut).map((cell) => ({ cell, to: cell })),
  ];
  moves.sort((a, b) => b.cell.pixels.length - a.cell.pixels.length);
  for (const { cell, to } of moves) paste(image, field, cell, to.x, to.y);
  return image;
}
