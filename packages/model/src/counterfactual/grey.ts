import type { RgbImage } from '../images/index.ts';

/** Luminance only (ITU-R BT.601 weights), in three equal channels. */
export function greyCopy(field: RgbImage): RgbImage {
  const { data } = field;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const y = Math.round(0.299 * (data[i] ?? 0) + 0.587 * (data[i + 1] ?? 0) + 0.114 * (data[i + 2] ?? 0));
    out.fill(y, i, i + 3);
  }
  return { ...field, data: out };
}
