import { luminanceAt, type RgbImage } from '../images/index.ts';

/** Luminance only, in three equal channels. */
export function greyCopy(field: RgbImage): RgbImage {
  const { data } = field;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const grey = Math.round(luminanceAt(data, i));
    out[i] = grey;
    out[i + 1] = grey;
    out[i + 2] = grey;
  }
  return { ...field, data: out };
}
