import { DomainError } from '@blastwise/contracts';
import type { Artifact, Split } from '@blastwise/model';
import { UsageError } from '../usage.ts';

/** Reads the split.json named on the command line; one that cannot be used is bad usage. */
export async function readSplitFile(file: string): Promise<Split> {
  const { readSplit } = await import('@blastwise/model');
  return readSplit(file).catch((error: unknown) => {
    throw error instanceof DomainError ? new UsageError(error.message) : error;
  });
}

/** The split that an artifact was made with. */
export async function ownSplit({ dir, file }: Artifact): Promise<Split> {
  const { parseSplit, SPLIT_FILE } = await import('@blastwise/model');
  const bytes = file(SPLIT_FILE);
  if (!bytes) throw new UsageError(`${dir} holds no split of its own: name one with --split.`);
  return parseSplit(new TextDecoder().decode(bytes), SPLIT_FILE);
}
