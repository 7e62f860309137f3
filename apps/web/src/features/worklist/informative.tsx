import { percent } from '@blastwise/ui';
import type { WorklistRow } from './use-worklist.ts';

type Information = NonNullable<WorklistRow['information']>;

const PARTS = [
  { part: 'spread', short: 'spread', words: 'how spread the probabilities are' },
  { part: 'closeness', short: 'close', words: 'how close the two likeliest stages lie' },
  { part: 'cost', short: 'cost', words: 'expected cost against that of a second reading' },
  { part: 'novelty', short: 'novel', words: 'how unfamiliar the image is' },
] as const;

/** What a reading of the case's most informative field is worth to training, and the four parts whose mean that is. */
export function Informative({ information }: { information: Information }) {
  const words = PARTS.map(({ part, words }) => `${words} ${percent(information[part])}`).join(', ');
  return (
    <span title={`Most informative field: ${words}`} className="block text-2xs text-ink-3">
      <span className="tabular" aria-hidden="true">
        {percent(information.score)}:{' '}
        {PARTS.map(({ part, short }) => `${short} ${percent(information[part])}`).join(', ')}
      </span>
      <span className="sr-only">
        Informative {percent(information.score)}, the mean of {words}.
      </span>
    </span>
  );
}
