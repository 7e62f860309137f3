/** One row of table 2 of Sandler et al. 2018: `repeats` blocks, the first with `stride`. */
export interface MobileNetV2Row {
  readonly expansion: number;
  readonly channels: number;
  readonly repeats: number;
  readonly stride: 1 | 2;
}

export const MOBILENETV2_ROWS: readonly MobileNetV2Row[] = [
  { expansion: 1, channels: 16, repeats: 1, stride: 1 },
  { expansion: 6, channels: 24, repeats: 2, stride: 2 },
  { expansion: 6, channels: 32, repeats: 3, stride: 2 },
  { expansion: 6, channels: 64, repeats: 4, stride: 2 },
  { expansion: 6, channels: 96, repeats: 3, stride: 1 },
  { expansion: 6, channels: 160, repeats: 3, stride: 2 },
  { expansion: 6, channels: 320, repeats: 1, stride: 1 },
];

export const STEM_CHANNELS = 32;
export const LAST_CHANNELS = 1280;

/** Widths are multiples of 8 and never lose more than a tenth by rounding (as in the reference code). */
export function widen(channels: number, alpha: number): number {
  const width = channels * alpha;
  const rounded = Math.max(8, Math.floor((width + 4) / 8) * 8);
  return rounded < 0.9 * width ? rounded + 8 : rounded;
}
