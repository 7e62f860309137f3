import sharp from 'sharp';
import { encodeSmallGreyPng } from './grey-png.ts';
import type { RgbImage } from './rgb-image.ts';

const rgb = ({ width, height, data }: RgbImage) => sharp(data, { raw: { width, height, channels: 3 } });

/** Lossless PNG, 8-bit RGB, without metadata; equal pixels give equal bytes. */
export async function encodePng(image: RgbImage): Promise<Uint8Array> {
  return new Uint8Array(await rgb(image).png({ compressionLevel: 6 }).toBuffer());
}

/** JPEG of the given quality (1..100), without metadata and without chroma subsampling. */
export async function encodeJpeg(image: RgbImage, quality: number): Promise<Uint8Array> {
  return new Uint8Array(await rgb(image).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer());
}

/** Whether {@link encodeAs} keeps every pixel in a file of this name: all formats but JPEG. */
export const isLossless = (name: string): boolean => !/\.jpe?g$/i.test(name);

/**
 * The file format that its name promises, without metadata: PNG, TIFF and WebP lossless; JPEG at quality 100 without
 * chroma subsampling, whose pixels differ by a few levels.
 */
export async function encodeAs(image: RgbImage, name: string): Promise<Uint8Array> {
  if (!isLossless(name)) return encodeJpeg(image, 100);
  if (/\.webp$/i.test(name)) return new Uint8Array(await rgb(image).webp({ lossless: true }).toBuffer());
  if (/\.tiff?$/i.test(name)) return new Uint8Array(await rgb(image).tiff({ compression: 'lzw' }).toBuffer());
  return encodePng(image);
}

/** Pixels beyond which a picture is filtered on the library's threads: a millisecond or two of the caller's. */
const SMALL = 1 << 20;

/** 8-bit greyscale PNG without metadata, one byte a pixel; equal pixels give equal bytes. */
export async function encodeGreyPng(values: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  if (values.length <= SMALL) return encodeSmallGreyPng(values, width, height);
  const png = sharp(values, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 6 });
  return new Uint8Array(await png.toBuffer());
}

/** 8-bit greyscale PNG of a mask: 0 or 255. */
export const encodeMaskPng = encodeGreyPng;
