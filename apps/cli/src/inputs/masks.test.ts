import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requireInputsKept } from './masks.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-masks-'));
  await mkdir(join(root, 'images'));
  await mkdir(join(root, 'hard'));
  await writeFile(join(root, 'images', 'one.png'), 'one');
  await symlink(join(root, 'images'), join(root, 'linked'));
  await link(join(root, 'images', 'one.png'), join(root, 'hard', 'one.png'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

it.each(['images', 'linked', 'hard'])('refuses to write %s/one.png over the image itself', async (folder) => {
  const check = requireInputsKept([join(root, 'images', 'one.png')], [join(root, folder)]);
  await expect(check).rejects.toThrow(/one\.png is one of the images given: name another folder\.$/);
});

it('takes a folder without the images, and one that is not there yet', async () => {
  const images = [join(root, 'images', 'one.png'), join(root, 'images', 'missing.png')];
  await requireInputsKept(images, [root, join(root, 'new')]);
});
