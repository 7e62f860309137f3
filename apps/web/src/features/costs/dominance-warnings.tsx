import type { CostMatrix } from '@blastwise/contracts';
import { findDominance } from '@blastwise/model/costs';
import { Callout } from '@blastwise/ui';

/** Answers or truths that costs make pointless; a warning that forbids nothing. Null: the draft is not valid yet. */
export function DominanceWarnings({ costs }: { costs: CostMatrix | null }) {
  const found = costs ? findDominance(costs.matrix) : [];
  if (found.length === 0) return null;
  return (
    <Callout tone="warn" title="These costs make a stage pointless" className="mt-4">
      <ul className="list-disc pl-4">
        {found.map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Callout>
  );
}
