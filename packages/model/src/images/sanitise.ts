import { decodeImage } from './decode.ts';
import { encodePng } from './encode.ts';

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
