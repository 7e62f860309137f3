import { countCells } from './count-cells.ts';
import { histogramOf, quantile, total } from './histogram.ts';
import type { StainChannels } from './stain.ts';

/** Mean optical densities of one cell. */
interface CellStain {
  green: number;
  /** Red over green: low where the stain is pink. */
  redness: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;

function stainOfCells(labels: Int32Array, count: number, { red, green }: StainChannels): CellStain[] {
  const pixels = new Uint32Array(count + 1);
  const reds = new Float64Array(count + 1);
  const greens = new Float64Array(count + 1);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    pixels[label] = (pixels[label] ?? 0) + 1;
    reds[label] = (reds[label] ?? 0) + (red[i] ?? 0);
    greens[label] = (greens[label] ?? 0) + (green[i] ?? 0);
  }
  return Array.from({ length: count }, (_, i) => {
    const sum = greens[i + 1] ?? 0;
    return { green: sum / (pixels[i + 1] ?? 1), redness: (reds[i + 1] ?? 0) / sum };
  });
}

/** Density that nine tenths of the red cells do not reach; 0 in a field that shows none. */
function redCellDensity(green: Float32Array, elsewhere: (index: number) => boolean): number {
  const redCells = histogramOf(green, 1, (i) => (green[i] ?? 0) > 0.06 && elsewhere(i));
  return total(redCells) > green.length * 0.02 ? quantile(redCells, 0.9) : 0;
}

/**
 * Drops smudge cells: burst nuclei, paler than the red cells and pinker than the field's other white cells.
 * @param elsewhere whether a pixel is away from every white cell.
 */
export function dropSmudges(
  mask: Uint8Array,
  width: number,
  height: number,
  channels: StainChannels,
  elsewhere: (index: number) => boolean,
): Uint8Array {
  const { labels, count } = countCells(mask, width, height);
  const cells = stainOfCells(labels, count, channels);
  const redCells = redCellDensity(channels.green, elsewhere);
  const typical = {
    green: median(cells.map((cell) => cell.green)),
    redness: median(cells.map((cell) => cell.redness)),
  };
  const keep = new Uint8Array(count + 1);
  for (const [i, cell] of cells.entries()) {
    const pale = cell.green < 0.72 * redCells;
    const palerAndPinker =
      cell.green < redCells && cell.green < 0.76 * typical.green && cell.redness < 0.95 * typical.redness;
    keep[i + 1] = pale || palerAndPinker ? 0 : 1;
  }
  const kept = new Uint8Array(mask.length);
  for (let i = 0; i < kept.length; i++) kept[i] = keep[labels[i] ?? 0] ?? 0;
  return kept;
}
