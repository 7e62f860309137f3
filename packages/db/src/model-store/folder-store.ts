import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, sha256Schema } from '@blastwise/contracts';
import { syncFiles, syncFolder } from '../write-durably.ts';
import type { ModelStore } from './model-store.ts';

/** A model store in a folder. Made when missing. */
export function openModelStore(directory: string): ModelStore {
  function folderOf(digest: string): string {
    if (!sha256Schema.safeParse(digest).success)
      throw new DomainError('BAD_INPUT', 'A model is addressed by its SHA-256 digest.');
    return join(directory, digest);
  }
  async function has(digest: string): Promise<boolean> {
    const found = await stat(folderOf(digest)).catch(() => null);
    return found?.isDirectory() ?? false;
  }
  return {
    folderOf,
    has,
    async add(folder, digest) {
      const target = folderOf(digest);
      await mkdir(directory, { recursive: true });
      await syncFiles(folder);
      await rename(folder, target).catch(async (error: unknown) => {
        if (!(await has(digest))) throw error;
        await rm(folder, { recursive: true, force: true });
      });
      await syncFolder(directory);
    },
  };
}
