import { randomUUID } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import type { ModelStore } from './model-store.ts';

/** Puts a copy of an artifact folder into the store and leaves the folder where it is. */
export async function addCopy(store: ModelStore, folder: string, digest: string): Promise<void> {
  if (await store.has(digest)) return;
  const copy = `${store.folderOf(digest)}.${randomUUID()}.partial`;
  try {
    await cp(folder, copy, { recursive: true });
    await store.add(copy, digest);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
