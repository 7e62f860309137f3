import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findExternalSets } from './external-sets.ts';
import { writeExternalSets } from './testing.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-external-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('findExternalSets', () => {
  it('finds every set, kinds of cells by their folder', async () => {
    await writeExternalSets(root);
    const { handMasks, boxes, pbc } = await findExternalSets(root);
    expect(handMasks?.map(({ name }) => name)).toEqual(['large/001', 'small/001']);
    expect(boxes).toHaveLength(1);
    expect(pbc?.map(({ path, kind }) => [path, kind])).toEqual([
      ['lymphocyte/one.png', 'lymphocyte'],
      ['monocyte/one.png', 'monocyte'],
    ]);
  });

  it('is null for a set that is not there', async () => {
    await writeExternalSets(root);
    await rm(join(root, 'bccd'), { recursive: true });
    expect(await findExternalSets(root)).toMatchObject({ boxes: null, pbc: expect.any(Array) });
    expect(await findExternalSets()).toEqual({ handMasks: null, boxes: null, pbc: null });
  });

  it('refuses a folder without any, and a set without pictures', async () => {
    await expect(findExternalSets(root)).rejects.toThrow(/wbc-segmentation, bccd, pbc/);
    await mkdir(join(root, 'pbc', 'lymphocyte'), { recursive: true });
    await expect(findExternalSets(root)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
