import { AdjudicationSign } from '../shared/index.ts';
import type { WorklistRow } from './use-worklist.ts';

export const UNSETTLED_WORDS: Readonly<Record<WorklistRow['unsettled'][number], string>> = {
  disputed: 'Disputed: a senior decides',
  open: 'A field waits for a second reader',
};

/** What readers have left unsettled, as signs with words for the pointer and the screen reader. */
export function Unsettled({ unsettled }: Pick<WorklistRow, 'unsettled'>) {
  return unsettled.map((status) => (
    <span key={status} title={UNSETTLED_WORDS[status]} className="relative">
      <AdjudicationSign status={status} />
      <span className="sr-only">{UNSETTLED_WORDS[status]}.</span>
    </span>
  ));
}
