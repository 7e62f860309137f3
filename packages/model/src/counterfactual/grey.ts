import { luminanceAt, type RgbImage } from '../images/index.ts';

/** Luminance only, in three equal channels. */
export function greyCopy(field: RgbImage): RgbImage {
  const { data } = field;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    out.fill(Math.round(luminanceAt(data, i)), i, i + 3);
  }
  return { ...field, data: out };
}
