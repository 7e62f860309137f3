import { DomainError } from '@blastwise/contracts';
import type { ImageFormat } from './format.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Parts of a file: where the image ends, and the stretches that hold no pixels. */
interface Extent {
  readonly end: number;
  /** As the file claims; null where no walk over it tells. */
  readonly size: Size | null;
  readonly metadata: readonly (readonly [start: number, end: number])[];
}

export const damaged = (cause?: unknown): DomainError =>
  new DomainError('IMAGE_TRUNCATED', 'The image is damaged or cut short.', { cause });

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const text = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.max(0, end - start)).toString('latin1');

function pngExtent(bytes: Uint8Array): Extent {
  const data = view(bytes);
  const metadata: [number, number][] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + data.getUint32(at);
    const type = text(bytes, at + 4, at + 8);
    if (end > bytes.length) throw damaged();
    if (type === 'acTL')
      throw new DomainError('IMAGE_UNSUPPORTED', 'Give one still image, not an animation.');
    if (type === 'IEND') return { end, metadata, size: null };
    if (type !== 'IDAT') metadata.push([at + 8, end - 4]);
    at = end;
  }
  throw damaged();
}

/** Markers of a frame's header, which holds the size of the image, are all from SOF0 to SOF15 but these three. */
const FRAMES = { first: 0xc0, last: 0xcf, others: [0xc4, 0xc8, 0xcc] };
const isFrame = (marker: number): boolean =>
  marker >= FRAMES.first && marker <= FRAMES.last && !FRAMES.others.includes(marker);

const JPEG = { restart: [0xd0, 0xd7], start: 0xd8, end: 0xd9, firstMetadata: 0xe0, fill: 0xff } as const;

/** Walks the segments (ITU T.81 annex B). Further pictures right behind the first (MPF) belong to the file. */
function jpegExtent(bytes: Uint8Array): Extent {
  const data = view(bytes);
  const metadata: [number, number][] = [];
  let size: Size | null = null;
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 4 <= bytes.length + 2; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === JPEG.end) {
      if (bytes[at + 2] !== 0xff || bytes[at + 3] !== JPEG.start) return { end: at + 2, size, metadata };
      at += 4;
    } else if (marker === JPEG.fill) {
      at += 1;
    } else if (marker === 0 || (marker >= JPEG.restart[0] && marker <= JPEG.restart[1])) {
      at += 2;
    } else {
      if (at + 4 > bytes.length) throw damaged();
      const end = at + 2 + data.getUint16(at + 2);
      if (marker >= JPEG.firstMetadata) metadata.push([at + 4, end]);
      if (isFrame(marker) && at + 9 <= bytes.length)
        size ??= { height: data.getUint16(at + 5), width: data.getUint16(at + 7) };
      at = end;
    }
  }
  throw damaged();
}

function webpExtent(bytes: Uint8Array): Extent {
  const end = 8 + view(bytes).getUint32(4, true);
  if (end > bytes.length) throw damaged();
  return { end, size: null, metadata: [] };
}

const ACTIVE_CONTENT = /<script|<html|<!doctype|<svg|<\?php|%PDF-/i;
const ZIP_DIRECTORY_END = 'PK\u0005\u0006';
/** A ZIP archive is read from its end: 22 bytes and a comment of at most 65,535. */
const ZIP_TAIL = 22 + 65_535;

/**
 * Refuses files that are an image and something else as well (a polyglot), and files cut short.
 * Zero bytes behind the image are padding.
 * @returns the size of a JPEG by its first frame; null for other formats.
 * @throws DomainError IMAGE_TRUNCATED, IMAGE_UNSUPPORTED.
 */
export function checkContainer(format: ImageFormat, bytes: Uint8Array): Size | null {
  const extent =
    format === 'png'
      ? pngExtent(bytes)
      : format === 'jpeg'
        ? jpegExtent(bytes)
        : format === 'webp'
          ? webpExtent(bytes)
          : { end: bytes.length, size: null, metadata: [] };
  const stretches = [[0, Math.min(1024, bytes.length)] as const, ...extent.metadata];
  const foreign =
    bytes.subarray(extent.end).some((value) => value !== 0) ||
    text(bytes, Math.max(0, bytes.length - ZIP_TAIL), bytes.length).includes(ZIP_DIRECTORY_END) ||
    stretches.some(([start, end]) => ACTIVE_CONTENT.test(text(bytes, start, Math.min(end, bytes.length))));
  if (foreign) {
    throw new DomainError(
      'IMAGE_UNSUPPORTED',
      'The file holds other content besides the image; save it again as PNG or JPEG.',
    );
  }
  return extent.size;
}
