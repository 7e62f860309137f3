import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import {
  createImage,
  decodeImage,
  encodeJpeg,
  encodePng,
  FIELD_SIZE,
  type Rgb,
  type RgbImage,
} from '../images/index.ts';
import { mixSeed, seededRandom } from '../random/index.ts';

/** Hand-made fields for the tests of this folder: discs of one colour on a background of another. */
export function discField(
  seed: number,
  background: Rgb = [215, 205, 225],
  stain: Rgb = [110, 60, 160],
): RgbImage {
  const random = seededRandom(seed);
  const image = createImage(FIELD_SIZE, FIELD_SIZE, background);
  for (let disc = 0; disc < 12; disc++) {
    const [cx, cy, radius] = [random.next() * FIELD_SIZE, random.next() * FIELD_SIZE, 8 + random.next() * 14];
    for (let y = 0; y < FIELD_SIZE; y++)
      for (let x = 0; x < FIELD_SIZE; x++)
        if ((x - cx) ** 2 + (y - cy) ** 2 < radius ** 2) image.data.set(stain, 3 * (y * FIELD_SIZE + x));
  }
  for (let i = 0; i < image.data.length; i++)
    image.data[i] = Math.max(0, Math.min(255, (image.data[i] ?? 0) + Math.round(4 * random.normal())));
  return image;
}

/** What comes in from outside where an image is moved: black, its own edge, or its other end. */
export const FILLS = ['black', 'edge', 'wrap'] as const;
export type Fill = (typeof FILLS)[number];

/** Where a pixel comes from that lies at `at` of `length`; null for nowhere. */
const SOURCE: Readonly<Record<Fill, (at: number, length: number) => number | null>> = {
  black: (at, length) => (at >= 0 && at < length ? at : null),
  edge: (at, length) => Math.min(length - 1, Math.max(0, at)),
  wrap: (at, length) => (at + length) % length,
};

/** Moves an image by `dx`, `dy` pixels. */
export function shifted(
  { width, height, data }: RgbImage,
  dx: number,
  dy: number,
  fill: Fill = 'black',
): RgbImage {
  const out = createImage(width, height, [0, 0, 0]);
  const source = SOURCE[fill];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [source(x - dx, width), source(y - dy, height)];
      if (u === null || v === null) continue;
      const from = 3 * (v * width + u);
      out.data.set(data.subarray(from, from + 3), 3 * (y * width + x));
    }
  return out;
}

/** Flipped left-right where `mirror` says so, then turned. */
export async function turnedImage(image: RgbImage, angle: number, mirror: boolean): Promise<RgbImage> {
  const raw = { width: FIELD_SIZE, height: FIELD_SIZE, channels: 3 as const };
  return decodeImage(await sharp(image.data, { raw }).flop(mirror).rotate(angle).png().toBuffer());
}

/** A copy moved by up to a tenth of the side, turned, flipped, and encoded again; the same for the same number. */
export async function plantedCopy(image: RgbImage, n: number): Promise<Uint8Array> {
  const random = seededRandom(mixSeed(45, n));
  const far = Math.floor(FIELD_SIZE / 10);
  const [dx, dy] = [random.int(2 * far + 1) - far, random.int(2 * far + 1) - far];
  const moved = shifted(image, dx, dy, FILLS[n % FILLS.length]);
  return encodeJpeg(await turnedImage(moved, 90 * random.int(4), random.int(2) === 1), 50 + random.int(46));
}

/** Writes images (or any bytes) below a new temporary folder; `remove` deletes it. */
export async function datasetFolder(
  files: Readonly<Record<string, RgbImage | Uint8Array>>,
): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'blastwise-dataset-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), 'width' in content ? await encodePng(content) : content);
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
