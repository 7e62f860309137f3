import { readFile } from 'node:fs/promises';
import {
  backgroundStatistics,
  decodeImage,
  FIELD_SIZE,
  type Rgb,
  type RgbImage,
  SCALE_BAR,
} from '../images/index.ts';
import { cellRemains, segmentStain } from '../segmentation/index.ts';
import { type ScaleBarStyle, scaleBarOf } from './scale-bar.ts';
import type { FieldFile } from './scan.ts';

/** Bins of each channel's histogram. */
const BINS = 16;

/** What a field shows beside its white cells, and how these are stained. Colours 0..255. */
export interface Surroundings {
  /** Least saturated three quarters of the field. */
  readonly background: { readonly mean: Readonly<Rgb>; readonly spread: Readonly<Rgb> };
  /** Mean colour of the white cells; null where none was found. */
  readonly whiteCells: Readonly<Rgb> | null;
  /** Share of the field that they cover, 0..1. */
  readonly cellShare: number;
  readonly scaleBar: ScaleBarStyle;
  /**
   * Square roots of the shares of 3 x 16 values of R, G and B, white cells with their halos, smudges and the
   * scale-bar corner left out.
   */
  readonly colours: Float32Array;
}

/** Measures one decoded field. */
export function surroundingsOf(image: RgbImage): Surroundings {
  const { mean, spread } = backgroundStatistics(image);
  const { cell } = segmentStain(image);
  const pixels = cell.reduce((n, inside) => n + inside, 0);
  return {
    background: { mean, spread },
    whiteCells: pixels === 0 ? null : meanColour(image, cell, pixels),
    cellShare: pixels / cell.length,
    scaleBar: scaleBarOf(image),
    colours: histogramBeside(image, cellRemains(image, cell)),
  };
}

/** Decodes and measures every field; `onField` is called after each. About 60 ms a field on one core. */
export async function measureSurroundings(
  fields: readonly FieldFile[],
  onField: () => void = () => {},
): Promise<Surroundings[]> {
  const measured: Surroundings[] = [];
  for (const { file } of fields) {
    measured.push(surroundingsOf(await decodeImage(await readFile(file))));
    onField();
  }
  return measured;
}

function meanColour({ data }: RgbImage, mask: Uint8Array, pixels: number): Rgb {
  const sums: Rgb = [0, 0, 0];
  mask.forEach((inside, i) => {
    if (inside === 0) return;
    for (const c of [0, 1, 2] as const) sums[c] += data[3 * i + c] ?? 0;
  });
  return [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels];
}

function histogramBeside({ width, height, data }: RgbImage, hidden: Uint8Array): Float32Array {
  const counts = new Float32Array(3 * BINS);
  const [left, top] = [(SCALE_BAR.left / FIELD_SIZE) * width, (SCALE_BAR.top / FIELD_SIZE) * height];
  let pixels = 0;
  hidden.forEach((h, i) => {
    if (h === 1 || (i % width >= left && i >= top * width)) return;
    pixels++;
    for (let c = 0; c < 3; c++) {
      const bin = c * BINS + Math.floor(((data[3 * i + c] ?? 0) * BINS) / 256);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  });
  return counts.map((n) => Math.sqrt(n / Math.max(1, pixels)));
}
