import type { CaseField } from './types.ts';

/** What a copy of a settled field is settled as, where that is something else; null where nothing contradicts. */
export function settledOtherwise(
  { adjudication }: Pick<CaseField, 'adjudication'>,
  { settled }: Pick<CaseField['duplicates'][number], 'settled'>,
): string | null {
  if (adjudication?.status !== 'adjudicated' || !settled || settled.stage === adjudication.stage) return null;
  return settled.stage ?? 'not assessable';
}
