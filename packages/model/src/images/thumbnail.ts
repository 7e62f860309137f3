import sharp from 'sharp';
import { decodeImage } from './decode.ts';

/** A picture of a field at most `side` pixels wide and high: WebP, without metadata. */
export async function thumbnail(bytes: Uint8Array, side: number): Promise<Uint8Array> {
  const { width, height, data } = await decodeImage(bytes);
  const small = sharp(data, { raw: { width, height, channels: 3 } }).resize(side, side, {
    fit: 'inside',
    withoutEnlargement: true,
  });
  return new Uint8Array(await small.webp({ quality: 82 }).toBuffer());
}
