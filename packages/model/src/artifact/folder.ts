import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { sha256 } from './digest.ts';
import { fileNameSchema, MANIFEST_FILE, WEIGHTS_FILE } from './manifest.ts';

/** Files of an artifact by name. */
export type NamedFiles = Readonly<Record<string, Uint8Array>>;

/** What may lie beside manifest and weights, as bytes. @throws DomainError BAD_INPUT for a name that may not. */
export function furtherFiles(files: Readonly<Record<string, Uint8Array | string>>): NamedFiles {
  for (const name of Object.keys(files))
    if (!fileNameSchema.safeParse(name).success || name === MANIFEST_FILE || name === WEIGHTS_FILE)
      throw new DomainError('BAD_INPUT', `An artifact cannot hold a file called ${name}.`);
  const entries = Object.entries(files).map(([name, data]): [string, Uint8Array] => [
    name,
    typeof data === 'string' ? new TextEncoder().encode(data) : data,
  ]);
  return Object.fromEntries(entries);
}

export const hashesOf = (files: NamedFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, data]) => [name, sha256(data)]));

/** Puts the folder that `fill` makes in the place of `dir`, whole or not at all. */
export async function replaceFolder(dir: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const target = resolve(dir);
  const own = randomUUID();
  const [partial, before] = [`${target}.${own}.partial`, `${target}.${own}.before`];
  await mkdir(partial, { recursive: true });
  try {
    await fill(partial);
    await rename(target, before).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(partial, target).catch(async (error: unknown) => {
      await rename(before, target).catch(() => {});
      throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  await rm(before, { recursive: true, force: true });
}

export async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array | string>>) {
  for (const [name, data] of Object.entries(files)) await writeFile(join(folder, name), data);
}
