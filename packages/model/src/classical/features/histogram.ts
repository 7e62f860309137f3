import type { RgbImage } from '../../images/index.ts';
import { BINS } from './names.ts';

const LEVELS = 256;

/** Shares of pixels in equal bins of red, then green, then blue: 48 values, each channel's adding up to 1. */
export function colourHistograms({ data }: RgbImage): Float64Array {
  const shares = new Float64Array(3 * BINS);
  const each = 3 / data.length;
  for (let i = 0; i < data.length; i++) {
    const bin = (i % 3) * BINS + Math.floor(((data[i] ?? 0) * BINS) / LEVELS);
    shares[bin] = (shares[bin] ?? 0) + each;
  }
  return shares;
}
