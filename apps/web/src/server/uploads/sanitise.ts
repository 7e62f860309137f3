import { DomainError, IMAGE_LIMITS } from '@blastwise/contracts';
import sharp from 'sharp';
import { checkFileKind } from './file-kind.ts';
import { refusePolyglot } from './polyglot.ts';

export interface CleanImage {
  /** Lossless 8-bit sRGB PNG, upright: no EXIF, XMP, ICC profile, comment or thumbnail. */
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const damaged = (cause: unknown): DomainError =>
  new DomainError('IMAGE_TRUNCATED', 'The image is damaged or cut short.', { cause });

/** Reads the header only; no pixel is decoded before the limits hold. */
async function checkHeader(file: Uint8Array): Promise<void> {
  const { width, height, pages, depth } = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw damaged(cause);
    });
  if (width * height > IMAGE_LIMITS.pixels) {
    throw new DomainError(
      'IMAGE_TOO_LARGE',
      `The image is ${width} x ${height} pixels; at most ${IMAGE_LIMITS.pixels / 1e6} megapixels are accepted.`,
    );
  }
  if ((pages ?? 1) > 1) {
    throw new DomainError('IMAGE_UNSUPPORTED', 'Give one still image, not an animation or several pages.');
  }
  if (depth !== 'uchar' && depth !== 'ushort') {
    throw new DomainError('IMAGE_UNSUPPORTED', 'Only images of 8 or 16 bits a channel are accepted.');
  }
}

/**
 * The form in which an upload is stored: its pixels and nothing else (R16). Equal uploads give equal bytes, so the
 * digest finds duplicates.
 * @throws DomainError IMAGE_EMPTY, IMAGE_TOO_LARGE, NOT_AN_IMAGE, IMAGE_UNSUPPORTED, IMAGE_TRUNCATED.
 */
export async function sanitiseImage(file: Uint8Array): Promise<CleanImage> {
  if (file.length === 0) throw new DomainError('IMAGE_EMPTY', 'The file is empty.');
  if (file.length > IMAGE_LIMITS.bytes) {
    throw new DomainError('IMAGE_TOO_LARGE', `The file is over ${IMAGE_LIMITS.bytes / 1024 / 1024} MB.`);
  }
  checkFileKind(file);
  await checkHeader(file);
  refusePolyglot(file);
  const { data, info } = await sharp(file, { failOn: 'truncated', limitInputPixels: IMAGE_LIMITS.pixels })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw damaged(cause);
    });
  const { width, height } = info;
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
  return { png: new Uint8Array(png), width, height };
}
