import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openUploadStore } from './upload-store.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'uploads-')), 'made on demand');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Makes an upload as old as if it had been put then. */
async function age(sha256: string, hours: number): Promise<void> {
  const then = hoursAgo(hours);
  await utimes(join(directory, sha256.slice(0, 2), sha256), then, then);
}

it('throws away what nobody submitted, and keeps the young', async () => {
  const store = openUploadStore(directory);
  expect(await store.sweep(hoursAgo(24))).toBe(0);
  const old = await store.put(bytesOf('old'));
  const young = await store.put(bytesOf('young'));
  await age(old, 25);
  await age(young, 23);
  expect(await store.sweep(hoursAgo(24))).toBe(1);
  await expect(store.get(old)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await store.get(young)).toEqual(bytesOf('young'));
});

it('counts the age of an upload from when it came last', async () => {
  const store = openUploadStore(directory);
  const again = await store.put(bytesOf('again'));
  await age(again, 25);
  await store.put(bytesOf('again'));
  expect(await store.sweep(hoursAgo(24))).toBe(0);
  expect(await readdir(join(directory, again.slice(0, 2)))).toEqual([again]);
});
