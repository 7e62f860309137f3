import { DomainError } from '@blastwise/contracts';
import { sentenceOf } from '../sentence-of.ts';
import { type BenchRow, missingRow } from './rows.ts';

/** Measures rows; where that fails one row of this name says why, and the others stand. */
export async function attempt(
  name: string,
  measure: () => Promise<readonly BenchRow[]>,
): Promise<readonly BenchRow[]> {
  try {
    return await measure();
  } catch (error) {
    return [missingRow(name, `${kindOf(error)}: ${sentenceOf(error)}`)];
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof DomainError)) return 'failed';
  return error.code === 'ENGINE_UNAVAILABLE' ? 'unavailable' : 'skipped';
}
