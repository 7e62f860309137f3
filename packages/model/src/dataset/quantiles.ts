import type { RgbImage } from '../images/index.ts';

/** Quantiles per channel that describe a field's colours whatever way it is turned. */
const PER_CHANNEL = 16;

/** 3 x 16 quantiles of the R, G and B values, ascending within a channel, 0..255. */
export function colourQuantiles({ data }: RgbImage): Float32Array {
  const out = new Float32Array(3 * PER_CHANNEL);
  const n = data.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    const counts = new Uint32Array(256);
    for (let i = channel; i < data.length; i += 3) {
      const value = data[i] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
    let value = 0;
    let seen = counts[0] ?? 0;
    for (let q = 0; q < PER_CHANNEL; q++) {
      while (seen <= ((q + 0.5) / PER_CHANNEL) * n && value < 255) seen += counts[++value] ?? 0;
      out[channel * PER_CHANNEL + q] = value;
    }
  }
  return out;
}
