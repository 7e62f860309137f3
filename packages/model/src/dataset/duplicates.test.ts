import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import {
  createImage,
  decodeImage,
  encodeJpeg,
  encodePng,
  FIELD_SIZE,
  type RgbImage,
} from '../images/index.ts';
import { seededRandom } from '../random/index.ts';
import { bestShift, correlation } from './correlate.ts';
import { type DuplicatePair, findDuplicates } from './duplicates.ts';
import { groupFields } from './groups.ts';
import { type InspectedField, inspectBytes, inspectFields } from './inspect.ts';
import { landmarksOf } from './landmarks.ts';
import { scanFields } from './scan.ts';
import { discField, plantedCopy, shifted, turnedImage } from './testing.ts';
import { TURNS, turn } from './turns.ts';

const inspect = async (bytes: Uint8Array): Promise<InspectedField> =>
  inspectBytes({ path: 'Pre/x.png', stage: 'Pre', file: '' }, bytes);

const original = discField(100);
const unrelated = await Promise.all(
  Array.from({ length: 60 }, async (_, i) => inspect(await encodePng(discField(i)))),
);

async function search(bytes: Uint8Array): Promise<DuplicatePair[]> {
  return findDuplicates([await inspect(await encodePng(original)), ...unrelated, await inspect(bytes)]);
}

describe('findDuplicates', () => {
  it('tells unrelated fields of equal colours apart', () => {
    expect(findDuplicates(unrelated)).toEqual([]);
  });

  it('knows equal bytes from equal pixels', async () => {
    expect(await search(await encodePng(original))).toMatchObject([{ a: 0, b: 61, kind: 'bytes' }]);
    const other = await sharp(await encodePng(original))
      .png({ compressionLevel: 0 })
      .toBuffer();
    expect(await search(other)).toMatchObject([{ a: 0, b: 61, kind: 'pixels' }]);
  });

  it.each([
    [0, true],
    [90, false],
    [180, false],
    [270, false],
    [90, true],
    [180, true],
    [270, true],
  ])('finds a copy turned by %i, mirrored %s, and encoded again', async (angle, mirror) => {
    const copy = await encodeJpeg(await turnedImage(original, angle, mirror), 60);
    expect(await search(copy)).toMatchObject([{ a: 0, b: 61, kind: 'near' }]);
  });

  it.each([
    [3, -2],
    [-8, 8],
    [14, 5],
    [-20, -20],
  ])('finds a copy moved by %i, %i pixels', async (dx, dy) => {
    const copy = await encodeJpeg(shifted(original, dx, dy), 80);
    expect(await search(copy)).toMatchObject([{ a: 0, b: 61, kind: 'near', turn: 'none' }]);
  });

  it('looks closely at few pairs, of fields of like colours too', async () => {
    const drawn = await Promise.all(
      Array.from({ length: 60 }, async (_, seed) =>
        inspect(await encodePng(generateField({ seed, stage: 'Pre' }).image)),
      ),
    );
    let looked = 0;
    findDuplicates(drawn, undefined, () => {
      looked++;
      return true;
    });
    expect(looked).toBeLessThan((0.02 * drawn.length * (drawn.length - 1)) / 2);
  });

  it('compares a field that has hardly a landmark with all', async () => {
    const cell = createImage(FIELD_SIZE, FIELD_SIZE, [215, 205, 225]);
    // So near the border that no landmark can lie on it.
    for (let y = 10; y < 50; y++)
      for (let x = 16; x < 40; x++) cell.data.set([110, 60, 160], 3 * (y * FIELD_SIZE + x));
    const fields = [
      await inspect(await encodePng(cell)),
      ...unrelated,
      await inspect(await encodePng(await turnedImage(cell, 90, true))),
    ];
    expect(landmarksOf(fields[0]?.thumbnail ?? new Uint8Array(0))).toEqual([]);
    expect(findDuplicates(fields)).toMatchObject([{ a: 0, b: 61, kind: 'near' }]);
  });

  it('takes a flat field for no copy of another', async () => {
    const flat = { width: 8, height: 8, data: new Uint8Array(192).fill(215) };
    expect(await search(await encodePng(flat))).toEqual([]);
  });
});

interface Original {
  readonly stage: MaturityStage;
  readonly image: RgbImage;
}

/** Searches originals and `copies` of each at once: the share of copies found by their originals, and pairs across stages. */
async function plantAndSearch(originals: readonly Original[], copies: number) {
  const fields: InspectedField[] = [];
  for (const { stage, image } of originals)
    fields.push(await inspectBytes({ path: '', stage, file: '' }, await encodePng(image)));
  for (const [a, { stage, image }] of originals.entries())
    for (let copy = 0; copy < copies; copy++) {
      const bytes = await plantedCopy(image, a * copies + copy);
      fields.push(await inspectBytes({ path: '', stage, file: '' }, bytes));
    }
  const pairs = findDuplicates(fields);
  const n = originals.length;
  const found = pairs.filter(({ a, b }) => a < n && b >= n && Math.floor((b - n) / copies) === a);
  const across = pairs.filter(({ a, b }) => fields[a]?.stage !== fields[b]?.stage);
  return { recall: found.length / (n * copies), across };
}

it('finds copies whatever comes in from outside where they were moved', { timeout: 60_000 }, async () => {
  const originals = MATURITY_STAGES.flatMap((stage) =>
    Array.from({ length: 9 }, (_, seed) => ({ stage, image: generateField({ seed, stage }).image })),
  );
  const { recall, across } = await plantAndSearch(originals, 6);
  expect(recall).toBeGreaterThanOrEqual(0.99);
  expect(across).toEqual([]);
});

describe('turn', () => {
  it('gives the eight flips and turns of a square, each once', () => {
    const square = Float32Array.of(1, 2, 3, 4);
    const turned = TURNS.map((name) => [...turn(square, name)].join(''));
    expect(turned).toEqual(['1234', '3142', '4321', '2413', '2143', '3412', '1324', '4231']);
  });
});

describe('correlation', () => {
  const random = seededRandom(8);
  const square = Float32Array.from({ length: 64 }, () => random.int(256));
  it('is 1 with itself, -1 with its negative, 0 with a flat square', () => {
    expect(correlation(square, square, 0, 0)).toBeCloseTo(1, 9);
    expect(
      correlation(
        square,
        square.map((x) => 9 - x),
        0,
        0,
      ),
    ).toBeCloseTo(-1, 6);
    expect(correlation(square, new Float32Array(64), 0, 0)).toBe(0);
  });
  it('finds how far a copy was moved', () => {
    const moved = Float32Array.from({ length: 64 }, (_, i) => (i % 8 < 2 ? 0 : (square[i - 2] ?? 0)));
    expect(bestShift(moved, square, [0, 0], 3)).toMatchObject({ shift: [2, 0] });
  });
});

const data = fileURLToPath(new URL('../../../../../shared/data/taleqani-all', import.meta.url));
describe.skipIf(!existsSync(data))('on the Taleqani set', () => {
  it('finds planted copies, and none across stages', { timeout: 120_000 }, async () => {
    const files = (await scanFields(data)).filter((_, i) => i % 30 === 0);
    const originals = await Promise.all(
      files.map(async ({ stage, file }) => ({ stage, image: await decodeImage(await readFile(file)) })),
    );
    const { recall, across } = await plantAndSearch(originals, 3);
    expect(recall).toBeGreaterThanOrEqual(0.99);
    expect(across).toEqual([]);
  });

  it('finds the 34 byte-identical pairs of Pro and keeps each in one group', {
    timeout: 120_000,
  }, async () => {
    const files = (await scanFields(data)).filter(({ stage }) => stage === 'Pro');
    const fields = await inspectFields(files);
    const pairs = findDuplicates(fields);
    expect(pairs.filter(({ kind }) => kind === 'bytes')).toHaveLength(34);
    const groups = groupFields(fields, pairs, 'looks');
    for (const { a, b } of pairs) expect(groups[a]).toBe(groups[b]);
    const sizes = [...new Set(groups)].map((name) => groups.filter((g) => g === name).length);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(60);
  });
});
