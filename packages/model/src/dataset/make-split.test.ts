import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeJpeg, type Rgb, type RgbImage } from '../images/index.ts';
import { inspectDataset, splitDataset } from './make-split.ts';
import { datasetFolder, discField } from './testing.ts';
import { verifySplit } from './verify.ts';

const BACKGROUNDS: readonly Rgb[] = [
  [215, 205, 225],
  [230, 225, 200],
  [200, 215, 215],
];

let folder: Awaited<ReturnType<typeof datasetFolder>>;
beforeAll(async () => {
  const files: Record<string, RgbImage | Uint8Array> = {};
  MATURITY_STAGES.forEach((stage, s) => {
    for (let i = 0; i < 9; i++) files[`${stage}/${i + 1}.png`] = discField(100 * s + i, BACKGROUNDS[i % 3]);
  });
  files['Pro/10.jpg'] = await encodeJpeg(discField(300, BACKGROUNDS[0]), 70);
  folder = await datasetFolder(files);
});
afterAll(() => folder.remove());

describe('a dataset folder', () => {
  it('is inspected, split and verified', async () => {
    let last = [0, 0];
    const dataset = await inspectDataset(folder.directory, (done, total) => {
      last = [done, total];
    });
    expect(last).toEqual([74, 74]);
    expect(dataset.duplicates).toHaveLength(1);

    const split = splitDataset(dataset, { strategy: 'grouped', seed: 2 });
    expect(splitDataset(dataset, { strategy: 'grouped', seed: 2 })).toEqual(split);
    const sideOf = (path: string) => split.fields.find((f) => f.path === path)?.side;
    expect(sideOf('Pro/10.jpg')).toBe(sideOf('Pro/1.png'));
    expect(await verifySplit(folder.directory, split)).toHaveLength(37);
    const test = await verifySplit(folder.directory, split, 'test');
    expect(test.every(({ side }) => side === 'test')).toBe(true);

    const folds = splitDataset(dataset, { strategy: 'kfold', seed: 2, folds: 3 });
    expect(new Set(folds.fields.map(({ fold }) => fold))).toEqual(new Set([0, 1, 2]));

    const moved = split.fields.map(
      (f) => ({ ...f, side: f.path === 'Pro/10.jpg' ? 'test' : 'train' }) as const,
    );
    await expect(verifySplit(folder.directory, { ...split, fields: moved })).rejects.toMatchObject({
      code: 'LEAK_FOUND',
    });
    await writeFile(join(folder.directory, 'Benign', '3.png'), 'other');
    await expect(verifySplit(folder.directory, split)).rejects.toThrow(/Benign\/3\.png .* content differs/);
    await expect(inspectDataset(folder.directory)).rejects.toThrow(/Benign\/3\.png/);
  });
});
