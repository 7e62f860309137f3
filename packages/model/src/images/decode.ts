import { IMAGE_LIMITS } from '@blastwise/contracts';
import sharp from 'sharp';
import { damaged } from './container.ts';
import { checkHeader } from './header.ts';
import type { RgbImage } from './rgb-image.ts';

/**
 * Decodes an uploaded or stored image: EXIF orientation applied, converted to sRGB by its own profile,
 * alpha flattened on white, 8 bits a channel. Limits are checked from the header, before any pixel is decoded.
 * @throws DomainError IMAGE_EMPTY, IMAGE_TOO_LARGE, NOT_AN_IMAGE, IMAGE_UNSUPPORTED, IMAGE_TRUNCATED.
 */
export async function decodeImage(bytes: Uint8Array): Promise<RgbImage> {
  await checkHeader(bytes);
  const { data, info } = await sharp(bytes, {
    failOn: 'truncated',
    limitInputPixels: IMAGE_LIMITS.pixels,
    pages: 1,
  })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw damaged(cause);
    });
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { width: info.width, height: info.height, data: pixels };
}
