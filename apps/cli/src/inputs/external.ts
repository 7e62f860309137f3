import { DomainError } from '@blastwise/contracts';
import type { ExternalSets } from '@blastwise/model';
import { UsageError } from '../usage.ts';

/** The sets of other sources in the folder named on the command line; a folder without any is bad usage. */
export async function readExternalSets(folder: string | undefined): Promise<ExternalSets> {
  const { findExternalSets } = await import('@blastwise/model');
  return findExternalSets(folder).catch((error: unknown) => {
    throw error instanceof DomainError ? new UsageError(error.message) : error;
  });
}
