import { access, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type CostMatrix, type CostTable, DomainError } from '@blastwise/contracts';
import { findDominance, parseCosts, STUDY_COSTS } from '@blastwise/model/costs';
import { complain } from '../terminal/print.ts';
import { UsageError } from '../usage.ts';

/** Reads a costs.json; the study's matrix where none is named. */
export async function readCosts(file: string | undefined): Promise<CostMatrix> {
  if (file === undefined) return STUDY_COSTS;
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`The cost matrix ${file} cannot be read.`);
  });
  try {
    return parseCosts(text);
  } catch (error) {
    if (error instanceof DomainError) throw new UsageError(`${error.message} (${file})`);
    throw error;
  }
}

/** Reads the costs that a command decides by, and warns where they make a stage pointless. */
export async function readDecidingCosts(file: string | undefined): Promise<CostMatrix> {
  const costs = await readCosts(file);
  warnOfDominance(costs.matrix);
  return costs;
}

/** One line on stderr for each stage that the costs make pointless; it forbids nothing. */
export function warnOfDominance(matrix: CostTable): void {
  for (const { sentence } of findDominance(matrix)) complain(`Warning: ${sentence}`);
}

export async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) throw new UsageError(`There is no folder ${path}.`);
}

export async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new UsageError(`There is no file ${path}.`);
}

/** Refuses an output that exists, unless forced. Say so before any work. */
export async function requireFree(path: string, force: boolean | undefined): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists && !force) throw new UsageError(`${path} exists already: name another place or add --force.`);
}

/** Makes the folder that a file will lie in. */
export async function makeFolderFor(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
}

/**
 * Refuses to replace a folder that holds something else than `mark`, the file by which the command knows its own
 * work: a mistyped path with --force deletes nothing.
 */
export async function requireOwn(folder: string, mark: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length > 0 && !names.includes(mark))
    throw new UsageError(`${folder} holds something else: name another place.`);
}

/**
 * Runs `work`, which writes `path` anew; what lay there before is removed only once that has succeeded, and comes
 * back when it fails. What a failed `work` left is removed.
 */
export async function replacing<T>(path: string, work: () => Promise<T>): Promise<T> {
  const aside = `${path}.before-${process.pid}`;
  const moved = await rename(path, aside).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    const result = await work();
    await rm(aside, { recursive: true, force: true });
    return result;
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    if (moved) await rename(aside, path);
    throw error;
  }
}
