import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, writeDurably } from '../write-durably.ts';
import type { BlobStore } from './blob-store.ts';
import { blobPath, digestOf, openBlobStore } from './folder-store.ts';

/** Uploads that belong to no case yet, addressed as blobs are; what nobody submits is thrown away by its age alone. */
export interface UploadStore extends Pick<BlobStore, 'get'> {
  /** Stores the bytes durably; the same bytes again are young again. */
  put(bytes: Uint8Array): Promise<string>;
  /** Removes what was last put before `time`, and what crashes left; returns how many files. */
  sweep(time: Date): Promise<number>;
}

async function filesBelow(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** An upload store in a folder of its own. Made when missing. */
export function openUploadStore(directory: string): UploadStore {
  const { get } = openBlobStore(directory);
  return {
    get,
    async put(bytes) {
      const sha256 = digestOf(bytes);
      await writeDurably(blobPath(directory, sha256), bytes);
      return sha256;
    },
    async sweep(time) {
      let removed = 0;
      for (const file of await filesBelow(directory)) {
        const found = await stat(file).catch(() => null);
        if (!found || found.mtime >= time) continue;
        await rm(file, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}
