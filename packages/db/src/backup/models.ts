import { createHash } from 'node:crypto';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { addCopy, type ModelStore, openModelStore } from '../model-store/index.ts';

/** SHA-256 of each file of a model's folder, by digest of the model. */
export type SavedModels = Record<string, Record<string, string>>;

const modelsIn = (folder: string): ModelStore => openModelStore(join(folder, 'models'));

async function hashes(folder: string): Promise<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const name of (await readdir(folder)).sort()) {
    const bytes = await readFile(join(folder, name));
    entries.push([name, createHash('sha256').update(bytes).digest('hex')]);
  }
  return Object.fromEntries(entries);
}

/** Copies those of the models that the store holds; others lie with the code or on another machine. */
export async function saveModels(
  digests: readonly string[],
  folder: string,
  models: ModelStore,
): Promise<SavedModels> {
  const saved: SavedModels = {};
  const copies = modelsIn(folder);
  for (const digest of digests) {
    if (!(await models.has(digest))) continue;
    await cp(models.folderOf(digest), copies.folderOf(digest), { recursive: true });
    saved[digest] = await hashes(copies.folderOf(digest));
  }
  return saved;
}

/** @throws DomainError BAD_INPUT for a file that is not the one that was saved. */
export async function restoreModels(saved: SavedModels, folder: string, models: ModelStore): Promise<void> {
  const copies = modelsIn(folder);
  for (const [digest, expected] of Object.entries(saved)) {
    const found = await hashes(copies.folderOf(digest)).catch(() => ({}));
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new DomainError('BAD_INPUT', `The backup of the model ${digest.slice(0, 12)} is damaged.`);
    await addCopy(models, copies.folderOf(digest), digest);
  }
}
