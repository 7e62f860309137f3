import { DomainError } from '@blastwise/contracts';
import { decodeImage } from './decode.ts';
import { encodeMaskPng, encodePng } from './encode.ts';

export interface SanitisedImage {
  /** Lossless 8-bit sRGB PNG: no EXIF, XMP, ICC profile, comment or thumbnail. */
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * The form in which an upload is stored: only its pixels survive, turned upright (requirement R16).
 * Equal uploads give equal bytes, so the blob's SHA-256 finds duplicates.
 * @throws DomainError as {@link decodeImage}.
 */
export async function sanitiseImage(bytes: Uint8Array): Promise<SanitisedImage> {
  const image = await decodeImage(bytes);
  return { png: await encodePng(image), width: image.width, height: image.height };
}

/**
 * The form in which a mask that a reader edited is stored: 8-bit grey PNG of 0 and 255, of the field's size, without
 * metadata. Equal masks give equal bytes.
 * @throws DomainError as {@link decodeImage}; BAD_INPUT for another size, or a pixel that is neither black nor white.
 */
export async function sanitiseMask(
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const image = await decodeImage(bytes);
  if (image.width !== width || image.height !== height) {
    throw new DomainError(
      'BAD_INPUT',
      `The mask has ${image.width} x ${image.height} pixels, its field ${width} x ${height}; draw it on the field itself.`,
    );
  }
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < mask.length; i++) {
    const [red, green, blue] = image.data.subarray(3 * i, 3 * i + 3);
    if (red !== green || red !== blue || (red !== 0 && red !== 255)) {
      throw new DomainError('BAD_INPUT', 'A mask holds black and white alone; draw it in the viewer.');
    }
    mask[i] = red;
  }
  return encodeMaskPng(mask, width, height);
}
