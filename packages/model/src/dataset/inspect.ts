import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DomainError } from '@blastwise/contracts';
import { cropImage, decodeImage, luminanceAt, type RgbImage } from '../images/index.ts';
import { insideBorder, withoutBorder } from './border.ts';
import { type Look, lookOf } from './look.ts';
import { colourQuantiles } from './quantiles.ts';
import type { FieldFile } from './scan.ts';
import { shrink } from './shrink.ts';

/** Side of the grey thumbnails on which near-duplicates are looked for, in pixels. */
export const THUMBNAIL = 56;

/** What is kept of a field once its pixels are let go: some 4 KB. */
export interface InspectedField extends FieldFile {
  /** SHA-256 of the file's bytes. */
  sha256: string;
  /** SHA-256 of size and decoded pixels: equal for the same picture in another lossless file. */
  pixels: string;
  width: number;
  height: number;
  look: Look;
  /** Grey values of the field at 56 x 56, 0..255; a dark border is as bright as their median. */
  thumbnail: Uint8Array;
  /** 3 x 16 colour quantiles of what lies inside a dark border. */
  quantiles: Float32Array;
}

/** Side at which the look is measured: enough for colours, a quarter of the work. */
const LOOK_SIDE = 112;
/** Files decoded at the same time; bounds the memory. */
const CONCURRENCY = 4;

/** Told of a field while its pixels are there. */
export type OnField = (field: InspectedField, image: RgbImage) => void | Promise<void>;

/**
 * Decodes every field once and keeps its fingerprints. `onField` is called after each. Throws the error of the first
 * file that is no readable image, naming it.
 */
export async function inspectFields(
  files: readonly FieldFile[],
  onField: OnField = () => {},
): Promise<InspectedField[]> {
  const inspected: InspectedField[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      const file = files[i];
      if (!file) return;
      const bytes = await readFile(file.file);
      const image = await decodeNamed(file.path, bytes);
      const field = { ...file, ...fingerprintOf(image, bytes) };
      inspected[i] = field;
      await onField(field, image);
    }
  };
  // Or the other workers would go on decoding, and keep the process alive, long after the refusal.
  const stopAll = (error: unknown): never => {
    next = files.length;
    throw error;
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, () => worker().catch(stopAll)));
  return inspected;
}

/** Fingerprints of a field by its file's bytes. */
export async function inspectBytes(field: FieldFile, bytes: Uint8Array): Promise<InspectedField> {
  return { ...field, ...(await fingerprintBytes(field.path, bytes)) };
}

/** Fingerprints of one image file; `name` stands in messages. */
export async function fingerprintBytes(
  name: string,
  bytes: Uint8Array,
): Promise<Omit<InspectedField, keyof FieldFile>> {
  return fingerprintOf(await decodeNamed(name, bytes), bytes);
}

async function decodeNamed(name: string, bytes: Uint8Array): Promise<RgbImage> {
  return decodeImage(bytes).catch((cause: unknown) => {
    throw cause instanceof DomainError
      ? new DomainError(cause.code, `${name}: ${cause.message}`, { cause })
      : cause;
  });
}

function fingerprintOf(image: RgbImage, bytes: Uint8Array): Omit<InspectedField, keyof FieldFile> {
  const small = shrink(image, LOOK_SIDE);
  const tiny = shrink(small, THUMBNAIL);
  const values = grey(tiny);
  const inside = insideBorder(values);
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    pixels: createHash('sha256').update(`${image.width}x${image.height}:`).update(image.data).digest('hex'),
    width: image.width,
    height: image.height,
    look: lookOf(small),
    thumbnail: withoutBorder(values, inside),
    quantiles: colourQuantiles(cropImage(tiny, inside)),
  };
}

function grey({ data }: RgbImage): Uint8Array {
  const out = new Uint8Array(data.length / 3);
  for (let i = 0; i < out.length; i++) out[i] = luminanceAt(data, 3 * i);
  return out;
}
