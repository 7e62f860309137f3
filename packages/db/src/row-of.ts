import { DomainError } from '@blastwise/contracts';

/** The one row a statement must have returned. */
export function oneRow<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new DomainError('INTERNAL', 'The database returned no row where one was due.');
  return row;
}

/** The row looked for, or NOT_FOUND with a sentence like "There is no such case." */
export function found<T>(row: T | null | undefined, what: string): T {
  if (row === null || row === undefined) throw new DomainError('NOT_FOUND', `There is no such ${what}.`);
  return row;
}
