import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeJpeg, encodePng } from '../images/index.ts';
import { copiesAcrossSides } from './copies-across-sides.ts';
import type { Split, SplitField } from './manifest.ts';
import { datasetFolder, discField, shifted } from './testing.ts';

const original = await encodePng(discField(1));
const files = {
  'Pro/1.png': original,
  'Pro/2.png': await encodePng(discField(2)),
  'Pro/moved.jpg': await encodeJpeg(shifted(discField(1), 9, -14), 70),
  'Pro/saved.png': new Uint8Array(await sharp(original).png({ compressionLevel: 0 }).toBuffer()),
};
type Name = keyof typeof files;

let folder: Awaited<ReturnType<typeof datasetFolder>>;
beforeAll(async () => {
  folder = await datasetFolder(files);
});
afterAll(() => folder.remove());

const field = (path: Name, side: SplitField['side']): SplitField => ({
  ...{ path, stage: 'Pro', side, group: path },
  sha256: createHash('sha256').update(files[path]).digest('hex'),
});
const split = (strategy: Split['strategy'], ...fields: SplitField[]): Split => ({
  ...{ version: 1, strategy, seed: 1, fields },
});

describe('copiesAcrossSides', () => {
  it('refuses what hashes and groups do not show, and names the pair', async () => {
    const moved = split('grouped', field('Pro/1.png', 'train'), field('Pro/moved.jpg', 'test'));
    await expect(copiesAcrossSides(folder.directory, [moved])).rejects.toMatchObject({
      code: 'LEAK_FOUND',
      message: 'The split leaks: Pro/1.png (train) and Pro/moved.jpg (test), near-duplicates.',
    });
    const saved = split('kfold', field('Pro/1.png', 'train'), field('Pro/saved.png', 'validation'));
    await expect(copiesAcrossSides(folder.directory, [saved])).rejects.toThrow(
      'Pro/1.png (train) and Pro/saved.png (validation), same content.',
    );
  });

  it('counts what a random split leaks, and lets copies on one side be', async () => {
    const leaking = split('random', field('Pro/1.png', 'train'), field('Pro/moved.jpg', 'test'));
    const clean = split(
      'grouped',
      ...(['Pro/1.png', 'Pro/moved.jpg', 'Pro/saved.png'] as const).map((path) => field(path, 'train')),
      field('Pro/2.png', 'test'),
    );
    const steps: number[] = [];
    const found = await copiesAcrossSides(folder.directory, [leaking, clean], (done) => steps.push(done));
    expect(found).toMatchObject([
      { leaks: [{ reason: 'near-duplicates' }], unseen: 0 },
      { leaks: [], unseen: 0 },
    ]);
    // Four files read, two and four compared.
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('says how many fields are not there as they were split', async () => {
    const other = { ...field('Pro/2.png', 'train'), sha256: '0'.repeat(64) };
    const gone = { ...other, path: 'Pro/gone.png' };
    const [found] = await copiesAcrossSides(folder.directory, [
      split('grouped', field('Pro/1.png', 'test'), other, gone),
    ]);
    expect(found).toEqual({ leaks: [], unseen: 2 });
  });
});
