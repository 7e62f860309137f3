import { readFile } from 'node:fs/promises';
import { DomainError } from '@blastwise/contracts';
import { type JudgedCorrection, readCorrections } from '@blastwise/model/costs';
import { UsageError } from '../usage.ts';

/** Reads the corrections file named on the command line; one that cannot be used is bad usage. */
export async function readCorrectionsFile(file: string): Promise<JudgedCorrection[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`The corrections ${file} cannot be read.`);
  });
  try {
    return readCorrections(text);
  } catch (error) {
    if (error instanceof DomainError) throw new UsageError(`${error.message} (${file})`);
    throw error;
  }
}
