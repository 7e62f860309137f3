import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobStore } from '@blastwise/db/blobs';
import { answersToImages, encodePng, openPredictor, sha256 } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeTinyModel } from '../testing/tiny-model.ts';
import { type StoredImage, withReader } from './read-images.ts';

const STILL = new AbortController().signal;
const fields = Array.from({ length: 9 }, (_, i) => generateField({ seed: i, stage: 'Pre' }).image);

let root = '';
const stored: StoredImage[] = [];
const setup = () => ({ folder: join(root, 'model'), provider: 'cpu' as const, blobDir: join(root, 'blobs') });
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reading-'));
  await writeTinyModel(join(root, 'model'), 1);
  const blobs = openBlobStore(join(root, 'blobs'));
  for (const [i, image] of fields.entries())
    stored.push({ blobSha256: await blobs.put(await encodePng(image)), stage: 'Pre', group: String(i) });
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

it('answers as the model does in this thread', { timeout: 60_000 }, async () => {
  const predictor = await openPredictor(join(root, 'model'), { threads: 1 });
  const here = fields.map((image, i) => ({
    stage: 'Pre' as const,
    group: String(i),
    read: async () => image,
  }));
  const expected = await answersToImages(predictor, here);
  await predictor.close();
  expect(await withReader(setup(), STILL, (read) => read(stored))).toEqual(expected);
});

it('ends with the next images where it is aborted, and says which image is missing', async () => {
  const stop = new AbortController();
  const reading = withReader(setup(), stop.signal, async (read) => {
    await read(stored.slice(0, 1));
    stop.abort(new Error('The service stops.'));
    return read(stored);
  });
  await expect(reading).rejects.toThrow('The service stops.');
  const nowhere = { ...stored[0], blobSha256: sha256('nothing'), stage: 'Pre', group: '0' } as const;
  await expect(withReader(setup(), STILL, (read) => read([nowhere]))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: 'The stored file is missing.',
  });
});

it('says that the model cannot be opened, and fails for good where it crashes', async () => {
  await expect(withReader({ ...setup(), folder: root }, STILL, async () => 0)).rejects.toMatchObject({
    code: 'ARTIFACT_INVALID',
  });
  const dying = new URL('../testing/dying-worker.ts', import.meta.url);
  await expect(withReader(setup(), STILL, (read) => read(stored), dying)).rejects.toMatchObject({
    code: 'INTERNAL',
    message: 'The model stopped while it read the images.',
  });
});
