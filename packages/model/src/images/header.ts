import { DomainError, IMAGE_LIMITS } from '@blastwise/contracts';
import sharp from 'sharp';
import { checkContainer, damaged } from './container.ts';
import { detectFormat, type ImageFormat } from './format.ts';

function checkPixels(width: number, height: number): void {
  if (width * height > IMAGE_LIMITS.pixels) {
    throw new DomainError(
      'IMAGE_TOO_LARGE',
      `The image is ${width} x ${height} pixels; at most ${IMAGE_LIMITS.pixels / 1e6} megapixels are accepted.`,
    );
  }
}

/** Width and height stand at fixed places, so a forged header is refused before any library reads it. */
function checkPngHeader(bytes: Uint8Array): void {
  if (bytes.length < 24) throw damaged();
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkPixels(data.getUint32(16), data.getUint32(20));
}

/** TIFF and WebP hide what they hold too deep for a walk of ours. */
async function checkOtherHeader(bytes: Uint8Array): Promise<void> {
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw damaged(cause);
    });
  checkPixels(header.width, header.height);
  if ((header.pages ?? 1) > 1) {
    throw new DomainError('IMAGE_UNSUPPORTED', 'Give one still image, not an animation or several pages.');
  }
  if (header.depth !== 'uchar' && header.depth !== 'ushort') {
    throw new DomainError('IMAGE_UNSUPPORTED', 'Only images of 8 or 16 bits a channel are accepted.');
  }
}

/**
 * Checks size, magic bytes, pixel count and structure of an uploaded file without decoding its pixels.
 * @throws DomainError IMAGE_EMPTY, IMAGE_TOO_LARGE, NOT_AN_IMAGE, IMAGE_UNSUPPORTED, IMAGE_TRUNCATED.
 */
export async function checkHeader(bytes: Uint8Array): Promise<ImageFormat> {
  if (bytes.length === 0) throw new DomainError('IMAGE_EMPTY', 'The file is empty.');
  if (bytes.length > IMAGE_LIMITS.bytes) {
    throw new DomainError('IMAGE_TOO_LARGE', `The file is over ${IMAGE_LIMITS.bytes / 1024 / 1024} MB.`);
  }
  const format = detectFormat(bytes);
  if (format === 'png') checkPngHeader(bytes);
  else if (format !== 'jpeg') await checkOtherHeader(bytes);
  const size = checkContainer(format, bytes);
  if (size) checkPixels(size.width, size.height);
  return format;
}
