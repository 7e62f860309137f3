import { execFileSync } from 'node:child_process';
import { open, readFile, rename } from 'node:fs/promises';
import { blobPath } from '../blobs/folder-store.ts';

export interface HeldBlob {
  /** Resolves once somebody waits to read it. */
  readonly wanted: Promise<unknown>;
  /** Puts it back for all who come later and gives it to whoever waits, if anybody still does. */
  letGo(): Promise<void>;
}

/** Holds whoever reads a blob next: a pipe lies in its place. */
export async function holdBlob(directory: string, sha256: string): Promise<HeldBlob> {
  const file = blobPath(directory, sha256);
  const bytes = await readFile(file);
  await rename(file, `${file}.aside`);
  execFileSync('mkfifo', [file]);
  // Opened to write only once somebody has opened it to read.
  const wanted = open(file, 'w');
  return {
    wanted,
    async letGo() {
      const pipe = await wanted;
      await rename(`${file}.aside`, file);
      await pipe.writeFile(bytes).catch((error: NodeJS.ErrnoException) => {
        // Who waited for it is dead.
        if (error.code !== 'EPIPE') throw error;
      });
      await pipe.close();
    },
  };
}
