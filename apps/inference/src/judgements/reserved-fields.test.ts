import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdjudicatedImage } from '@blastwise/db';
import {
  type Artifact,
  type Correction,
  createImage,
  encodeFeatures,
  encodeMarks,
  encodePng,
  FEATURES_FILE,
  fingerprintBytes,
  loadArtifact,
  MARKS_FILE,
  marksOf,
  type RgbImage,
} from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTinyModel } from '../testing/tiny-model.ts';
import { fairlyReserved, knownToModel } from './reserved-fields.ts';

const signal = new AbortController().signal;

describe('what two models can fairly be judged by', () => {
  let root = '';
  let tiny: Artifact;
  const files = new Map<string, Uint8Array>();
  const blobs = {
    get: async (sha256: string) => files.get(sha256) ?? new Uint8Array(),
    has: async (sha256: string) => files.has(sha256),
  };
  const pictures: Record<string, string> = {};
  const keep = async (name: string, image: RgbImage): Promise<void> => {
    const bytes = await encodePng(image);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.set(sha256, bytes);
    pictures[name] = sha256;
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'reserved-'));
    await writeTinyModel(root, 1, 0.5);
    tiny = await loadArtifact(root);
    for (const [seed, name] of ['a', 'b', 'c'].entries()) {
      const { image } = generateField({ seed: 40 + seed, stage: 'Pre' });
      await keep(name, image);
      await keep(`${name} turned`, turned(image));
    }
  }, 60_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  const field = (imageId: string, caseId: string, picture: string, patient = caseId): AdjudicatedImage => ({
    imageId,
    caseId,
    patient,
    stage: 'Pre',
    blobSha256: pictures[picture] ?? '',
  });
  const learnedFrom = (picture: string, where: 'corrections' | 'withdrawn' = 'corrections'): Artifact => {
    const sha256 = pictures[picture] ?? createHash('sha256').update(picture).digest('hex');
    const one: Correction = { id: picture, group: 'learned', stage: 'Pre', side: 'train', weight: 1, sha256 };
    const none = {
      base: tiny.digest,
      correctionsSha256: sha256,
      corrections: [],
      reserved: [],
      quarantined: [],
    };
    return { ...tiny, manifest: { ...tiny.manifest, lineage: { ...none, [where]: [one] } } };
  };
  const judgedBy = (
    reserved: AdjudicatedImage[],
    models: Artifact[],
    uses: ReadonlyMap<string, readonly string[]> = new Map(),
  ) => fairlyReserved(reserved, models, { blobs, signal, uses });

  it.each([
    ['the champion', [['corrections', 'b turned']], 1],
    ['the challenger, and it was withdrawn since', [['withdrawn', 'b']], 1],
    ['neither', [['corrections', 'c']], 0],
    ['neither, by the hash of another installation', [['corrections', 'elsewhere']], 0],
  ] as const)('leaves out what %s has learned from', async (_, learned, leftOut) => {
    const models = [tiny, ...learned.map(([where, picture]) => learnedFrom(picture, where))];
    const found = await judgedBy([field('1', 'x', 'a'), field('2', 'y', 'b')], models);
    expect(found.leftOut).toBe(leftOut);
    expect(found.fields.map(({ imageId }) => imageId)).toEqual(leftOut ? ['1'] : ['1', '2']);
  });

  it.each([
    ['train', 1],
    ['calibration', 1],
    ['test', 0],
  ] as const)(
    'leaves out a copy of what a model keeps landmarks of on its %s side',
    async (side, leftOut) => {
      const { thumbnail } = await fingerprintBytes('', await blobs.get(pictures.b ?? ''));
      const marks = encodeMarks([{ sha256: 'f'.repeat(64), stage: 'Pre', side, marks: marksOf(thumbnail) }]);
      const marked: Artifact = { ...tiny, file: (name) => (name === MARKS_FILE ? marks : undefined) };
      const asked = [field('1', 'x', 'a'), field('2', 'y', 'b turned')];
      const found = await judgedBy(asked, [tiny, marked]);
      expect(found.leftOut).toBe(leftOut);
      expect(found.fields.map(({ imageId }) => imageId)).toEqual(leftOut ? ['1'] : ['1', '2']);
    },
  );

  it('takes cases that show one picture as one group, and what hangs on them too', async () => {
    const { fields } = await judgedBy(
      [
        field('1', 'x', 'a'),
        field('2', 'y', 'a turned'),
        field('3', 'y', 'b'),
        field('4', 'z', 'b turned'),
        field('5', 'w', 'c'),
      ],
      [tiny],
    );
    expect(fields.map(({ group }) => group)).toEqual(['x', 'x', 'x', 'x', 'w']);
  });

  it('takes the cases of a patient as one group, with one ledger', async () => {
    const asked = [field('1', 'x', 'a'), field('2', 'y', 'b', 'x'), field('3', 'w', 'c')];
    expect((await judgedBy(asked, [tiny])).fields.map(({ group }) => group)).toEqual(['x', 'x', 'w']);
    const twenty = new Map([['x', Array.from({ length: 20 }, (_, i) => `use ${i}`)]]);
    const found = await judgedBy(asked.slice(1), [tiny], twenty);
    expect(found).toMatchObject({ fields: [{ imageId: '3' }], usedUp: 1 });
  });

  it('leaves out a patient who took part in 20 judgements, also under the name of a copy', async () => {
    const uses = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `use ${from + i}`);
    const taken = new Map([
      ['x', uses(0, 12)],
      ['y', uses(8, 20)],
      ['w', uses(0, 19)],
    ]);
    const asked = [field('1', 'x', 'a'), field('2', 'y', 'a turned'), field('3', 'w', 'c')];
    const { fields, usedUp } = await judgedBy(asked, [tiny], taken);
    expect(fields.map(({ imageId }) => imageId)).toEqual(['3']);
    expect(usedUp).toBe(2);
    const apart = await judgedBy(asked.slice(1), [tiny], taken);
    expect(apart).toMatchObject({ fields: [{ imageId: '2' }, { imageId: '3' }], usedUp: 0 });
  });

  it('knows the pixels that a model keeps features of', () => {
    const features = Float32Array.from({ length: 8 }, (_, i) => (i % 4) / 2);
    const table = { dimension: 4, labels: Uint8Array.of(2, 2), groups: Int32Array.of(0, 1) };
    const bytes = encodeFeatures({ ...table, features, sides: ['train', 'validation'] });
    const model: Artifact = { ...tiny, file: (name) => (name === FEATURES_FILE ? bytes : undefined) };
    const other = Float32Array.of(1.5, 1, 0.5, 0);
    const rows = [{ features: other }, { features: features.slice(0, 4) }];
    expect(knownToModel(model, rows)).toEqual(new Set([1]));
    expect(knownToModel(tiny, rows)).toEqual(new Set());
  });
});

/** A quarter turn, so that no file and no row of pixels is the same. */
function turned({ width, height, data }: RgbImage): RgbImage {
  const image = createImage(height, width, [0, 0, 0]);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = 3 * (y * width + x);
      image.data.set(data.subarray(from, from + 3), 3 * (x * height + (height - 1 - y)));
    }
  return image;
}
