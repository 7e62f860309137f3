import { DomainError } from '@blastwise/contracts';
import type { Split } from '@blastwise/model';
import { UsageError } from '../usage.ts';

/** Reads the split.json named on the command line; one that cannot be used is bad usage. */
export async function readSplitFile(file: string): Promise<Split> {
  const { readSplit } = await import('@blastwise/model');
  return readSplit(file).catch((error: unknown) => {
    throw error instanceof DomainError ? new UsageError(error.message) : error;
  });
}
