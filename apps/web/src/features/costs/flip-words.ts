import type { MaturityStage } from '@blastwise/contracts';
import type { CostPreview, Outcome } from './types.ts';

const verdict = (actual: MaturityStage, outcome: Outcome): string => {
  if (outcome === 'referred') return 'deferred';
  if (outcome === 'not-assessable') return 'no stage';
  return outcome === actual ? 'right' : 'wrong';
};

/** "right to wrong" */
export const flipWords = (actual: MaturityStage, before: Outcome, after: Outcome): string =>
  `${verdict(actual, before)} to ${verdict(actual, after)}`;

/** "13 to 24 of 143" */
export const pageWords = (offset: number, shown: number, total: number): string =>
  `${offset + 1} to ${offset + shown} of ${total}`;

/** What of the unsettled fields is not among the figures, in sentences; empty: all are. */
export function leftOutWords({
  replayed,
  unsettled,
  blind,
}: Pick<CostPreview, 'replayed' | 'unsettled' | 'blind'>): string[] {
  return [
    ...(replayed < unsettled
      ? [
          `Only the newest ${replayed} of ${unsettled} unsettled fields were replayed; all would be decided again.`,
        ]
      : []),
    ...(blind > 0
      ? [
          `${blind} more in blind review would be decided again too; nothing is told of ${blind === 1 ? 'it' : 'them'}.`,
        ]
      : []),
  ];
}
