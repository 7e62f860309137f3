import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replacing, requireOwn } from './files.ts';

let root: string;
const out = () => join(root, 'out');
const write = (text: string) => async () => {
  await mkdir(out());
  await writeFile(join(out(), 'mark.json'), text);
};
const written = () => readFile(join(out(), 'mark.json'), 'utf8');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-files-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('replaces an output only by one that is finished', async () => {
  await replacing(out(), write('first'));
  await replacing(out(), write('second'));
  expect(await written()).toBe('second');
  const failing = replacing(out(), async () => {
    await write('half')();
    throw new Error('disk full');
  });
  await expect(failing).rejects.toThrow('disk full');
  expect(await written()).toBe('second');
  expect(await readdir(root)).toEqual(['out']);
});

it('replaces nothing but its own work', async () => {
  await requireOwn(out(), 'mark.json');
  await mkdir(out());
  await requireOwn(out(), 'mark.json');
  await writeFile(join(out(), 'letter.txt'), '');
  await expect(requireOwn(out(), 'mark.json')).rejects.toThrow(/something else/);
  await writeFile(join(out(), 'mark.json'), '');
  await requireOwn(out(), 'mark.json');
});
