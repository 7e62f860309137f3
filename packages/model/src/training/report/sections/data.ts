import { MATURITY_STAGES } from '@blastwise/contracts';
import { table } from '../markdown.ts';
import type { RunRecord } from '../run-record.ts';

/** Fields of every side and stage. */
export function countsTable(data: RunRecord['data']): string {
  const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  return table(
    ['side', ...MATURITY_STAGES, 'fields'],
    (['train', 'validation', 'calibration', 'test'] as const).map((side) => [
      side,
      ...data[side],
      total(data[side]),
    ]),
  );
}

/** How the fields were split, and what that means for the figures. */
export function splitSentence({ strategy, grouping, groups }: RunRecord['data']): string {
  if (strategy === 'random') {
    return 'Split at random, as published: near-duplicates and neighbours may lie on both sides, which flatters every figure below.';
  }
  const kept = grouping === 'neighbours' ? 'look-alike neighbours in number' : 'all fields of like look';
  return `The split (${strategy}) keeps near-duplicates and ${kept} on one side (${groups} groups); which slide a field comes from is not known.`;
}
