import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { decodeImage, encodeJpeg, encodePng, type RgbImage } from '../images/index.ts';
import { fingerprintBytes } from './inspect.ts';
import { type Mark, marksInTurns, marksOf } from './marks.ts';
import { scanFields } from './scan.ts';
import { marksInCommon, showsMarks } from './shared-marks.ts';
import { plantedCopy, shifted, turnedImage } from './testing.ts';

const thumbnailOf = async (bytes: Uint8Array): Promise<Uint8Array> =>
  (await fingerprintBytes('', bytes)).thumbnail;

describe('marks in common', () => {
  const at = (x: number, y: number, signs: number): Mark => ({ x, y, isDark: true, signs, unsure: 0b1000 });
  const FOUR = [at(-9.5, 3.5, 0b101), at(0.5, 0.5, 0b110), at(7.5, -4.5, 0b011), at(8.5, 9.5, 0b100)];
  const changed = (change: (mark: Mark, i: number) => Partial<Mark>) =>
    FOUR.map((mark, i) => ({ ...mark, ...change(mark, i) }));
  const moved = (dx: number, dy: number) => changed(({ x, y }) => ({ x: x + dx, y: y + dy }));
  const firstIs = (change: (mark: Mark) => Partial<Mark>) =>
    changed((mark, i) => (i === 0 ? change(mark) : {}));

  it.each<[string, Mark[], number]>([
    ['the same', FOUR, 4],
    ['moved by a tenth of the side and a pixel', moved(7, -7), 4],
    ['moved farther', moved(8, 0), 0],
    ['one a pixel beside', firstIs(({ x, y }) => ({ x: x + 1, y: y - 1 })), 4],
    ['one two pixels beside', firstIs(({ x }) => ({ x: x + 2 })), 3],
    ['one that is bright', firstIs(() => ({ isDark: false })), 3],
    ['one of another sign', firstIs(({ signs }) => ({ signs: signs ^ 0b1 })), 4],
    ['one of two other signs', firstIs(({ signs }) => ({ signs: signs ^ 0b110000 })), 3],
    ['one whose weak sign is another too', firstIs(({ signs }) => ({ signs: signs ^ 0b1001 })), 4],
    ['two halves that were moved apart', changed(({ x }, i) => ({ x: x + (i < 2 ? 3 : -3) })), 2],
    ['none', [], 0],
  ])('%s', (_, other, common) => {
    expect(marksInCommon([other], FOUR)).toBe(common);
    expect(marksInCommon([[], other], FOUR)).toBe(common);
    expect(showsMarks([other], FOUR)).toBe(common >= 4);
  });

  it('are counted once, however many look the same', () => {
    const double = at(0.5, 0.5, 0);
    expect(marksInCommon([[double, { ...double, x: 1.5 }]], [double])).toBe(1);
  });
});

describe('a picture that only its marks are kept of', () => {
  const { image } = generateField({ seed: 3, stage: 'Pre' });
  const kept = encodePng(image).then(thumbnailOf).then(marksOf);
  const isFound = async (copy: Promise<Uint8Array>) =>
    showsMarks(marksInTurns(await thumbnailOf(await copy)), await kept);

  it.each(
    [0, 90, 180, 270].flatMap((angle) => [
      { angle, mirror: false },
      { angle, mirror: true },
    ]),
  )('is found turned by $angle, mirrored: $mirror, moved and encoded again', async ({ angle, mirror }) => {
    const turned = await turnedImage(image, angle, mirror);
    expect(await isFound(encodePng(turned))).toBe(true);
    expect(await isFound(encodeJpeg(shifted(turned, 17, -9), 50))).toBe(true);
  });

  it.each([50, 75, 95])('is found as JPEG of quality %i', async (quality) => {
    expect(await isFound(encodeJpeg(image, quality))).toBe(true);
  });

  it.each([
    [22, 22],
    [-22, 22],
    [0, -22],
  ])('is found moved by %i, %i', async (dx, dy) => {
    expect(await isFound(encodePng(shifted(image, dx, dy)))).toBe(true);
  });

  it('is not found in a flat one', async () => {
    expect(await isFound(encodePng({ ...image, data: image.data.map(() => 200) }))).toBe(false);
  });
});

/** The share of planted copies that are found, and the pairs of different pictures that are taken for one. */
async function plantAndCompare(images: readonly RgbImage[], copies: number) {
  const thumbnails = [];
  for (const image of images) thumbnails.push(await thumbnailOf(await encodePng(image)));
  const marks = thumbnails.map(marksOf);
  const pairs = thumbnails.flatMap((thumbnail, a) => {
    const turns = marksInTurns(thumbnail);
    return marks.flatMap((other, b) => (b > a && showsMarks(turns, other) ? [[a, b] as const] : []));
  });
  let found = 0;
  for (const [a, image] of images.entries())
    for (let copy = 0; copy < copies; copy++) {
      const thumbnail = await thumbnailOf(await plantedCopy(image, a * copies + copy));
      if (showsMarks(marksInTurns(thumbnail), marks[a] ?? [])) found++;
    }
  return { recall: found / (images.length * copies), pairs };
}

it('copies of drawn fields are found, and no field is taken for another', { timeout: 300_000 }, async () => {
  const images = MATURITY_STAGES.flatMap((stage) =>
    Array.from({ length: 8 }, (_, seed) => generateField({ seed, stage }).image),
  );
  const { recall, pairs } = await plantAndCompare(images, 2);
  expect(recall).toBeGreaterThanOrEqual(0.99);
  expect(pairs).toEqual([]);
});

/** With 1 all pairs are compared, as for decision 58, in some ten minutes. */
const EVERY = 45;

const data = fileURLToPath(new URL('../../../../../shared/data/taleqani-all', import.meta.url));
it.skipIf(!existsSync(data))('and so they are on the Taleqani set', { timeout: 300_000 }, async () => {
  const files = (await scanFields(data)).filter((_, i) => i % EVERY === 0);
  const images = await Promise.all(files.map(async ({ file }) => decodeImage(await readFile(file))));
  const { recall, pairs } = await plantAndCompare(images, 2);
  expect(recall).toBeGreaterThanOrEqual(0.99);
  expect(pairs.filter(([a, b]) => files[a]?.stage !== files[b]?.stage)).toEqual([]);
});
