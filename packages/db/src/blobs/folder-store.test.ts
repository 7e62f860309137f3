import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBlobStore } from './folder-store.ts';

// FIPS 180-2's example: SHA-256 of "abc".
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const abc = new TextEncoder().encode('abc');

describe('openBlobStore', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'blobs-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('stores bytes under their digest, sharded, and gives them back', async () => {
    const store = openBlobStore(join(directory, 'made', 'on demand'));
    expect(await store.put(abc)).toBe(ABC);
    expect(await store.has(ABC)).toBe(true);
    expect(await store.get(ABC)).toEqual(abc);
    expect(await readdir(join(directory, 'made', 'on demand', 'ba'))).toEqual([ABC]);
  });

  it('is idempotent, also for writers at the same moment', async () => {
    const store = openBlobStore(directory);
    const digests = await Promise.all(Array.from({ length: 20 }, () => store.put(abc)));
    expect(new Set(digests)).toEqual(new Set([ABC]));
    expect(await readdir(join(directory, 'ba'))).toEqual([ABC]);
  });

  it('keeps an empty blob', async () => {
    const store = openBlobStore(directory);
    const digest = await store.put(new Uint8Array());
    expect(await store.get(digest)).toHaveLength(0);
  });

  it('says that a blob is missing', async () => {
    const store = openBlobStore(directory);
    expect(await store.has(ABC)).toBe(false);
    await expect(store.get(ABC)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('never hands out a damaged blob', async () => {
    const store = openBlobStore(directory);
    await store.put(abc);
    await writeFile(join(directory, 'ba', ABC), 'abd');
    await expect(store.get(ABC)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it.each(['../../etc/passwd', 'BA', '', ABC.toUpperCase(), `${ABC}/..`])(
    'refuses the address %j',
    async (address) => {
      const store = openBlobStore(directory);
      await expect(store.get(address)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );

  it('agrees with an independent digest of large bytes', async () => {
    const bytes = new Uint8Array(1_000_000).map((_, i) => i % 251);
    const digest = await openBlobStore(directory).put(bytes);
    expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
