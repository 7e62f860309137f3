import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, sha256Schema } from '@blastwise/contracts';
import { isMissing, writeDurably } from '../write-durably.ts';
import type { BlobStore } from './blob-store.ts';

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/** Where a blob lies: sharded by the first two hex digits. BAD_INPUT: only a digest may become a path. */
export function blobPath(directory: string, sha256: string): string {
  if (!sha256Schema.safeParse(sha256).success) {
    throw new DomainError('BAD_INPUT', 'A blob is addressed by its SHA-256 digest.');
  }
  return join(directory, sha256.slice(0, 2), sha256);
}

/** A blob store in a folder. Made when missing. */
export function openBlobStore(directory: string): BlobStore {
  const pathOf = (sha256: string): string => blobPath(directory, sha256);
  return {
    async put(bytes) {
      const sha256 = digestOf(bytes);
      const path = pathOf(sha256);
      if (!(await exists(path))) await writeDurably(path, bytes);
      return sha256;
    },
    async get(sha256) {
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(await readFile(pathOf(sha256)));
      } catch (cause) {
        if (isMissing(cause)) throw new DomainError('NOT_FOUND', 'The stored file is missing.', { cause });
        throw cause;
      }
      if (digestOf(bytes) !== sha256) throw new DomainError('INTERNAL', 'The stored file is damaged.');
      return bytes;
    },
    async has(sha256) {
      return exists(pathOf(sha256));
    },
  };
}
