import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCopy, type ModelStore, openModelStore } from './index.ts';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('openModelStore', () => {
  let root = '';
  let store: ModelStore;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'blastwise-models-'));
    store = openModelStore(join(root, 'models'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  async function artifact(content: string): Promise<string> {
    const folder = await mkdtemp(join(root, 'made-'));
    await mkdir(join(folder, 'plots'));
    await writeFile(join(folder, 'model.json'), content);
    await writeFile(join(folder, 'plots', 'history.svg'), '<svg/>');
    return folder;
  }
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );

  it('takes a folder under its digest and leaves nothing where it lay', async () => {
    const [folder, digest] = [await artifact('one'), digestOf('one')];
    expect(await store.has(digest)).toBe(false);
    await store.add(folder, digest);
    expect(await store.has(digest)).toBe(true);
    expect(await readFile(join(store.folderOf(digest), 'model.json'), 'utf8')).toBe('one');
    expect(await exists(folder)).toBe(false);
  });

  it('changes nothing when the digest comes again, also twice at once', async () => {
    const digest = digestOf('one');
    const again = await artifact('another of that name');
    await store.add(again, digest);
    expect(await readFile(join(store.folderOf(digest), 'model.json'), 'utf8')).toBe('one');
    expect(await exists(again)).toBe(false);
    const twins = [await artifact('two'), await artifact('two')];
    await Promise.all(twins.map((folder) => store.add(folder, digestOf('two'))));
    expect(await readdir(store.folderOf(digestOf('two')))).toEqual(['model.json', 'plots']);
  });

  it('copies a folder that is to stay', async () => {
    const folder = await artifact('three');
    await addCopy(store, folder, digestOf('three'));
    await addCopy(store, folder, digestOf('three'));
    expect(await exists(folder)).toBe(true);
    const names = await readdir(join(root, 'models'));
    expect(names.toSorted()).toEqual(['one', 'two', 'three'].map(digestOf).toSorted());
  });

  it('fails where there is no such folder, and takes no path for a digest', async () => {
    await expect(store.add(join(root, 'nothing'), digestOf('four'))).rejects.toThrow('ENOENT');
    expect(await store.has(digestOf('four'))).toBe(false);
    expect(() => store.folderOf('../elsewhere')).toThrow('addressed by its SHA-256');
  });
});
