import { StageBadge } from '@blastwise/ui';
import type { Outcome } from './types.ts';

/** What readers would see. */
export function OutcomeWords({ outcome }: { outcome: Outcome }) {
  if (outcome === 'referred') return <span className="font-medium whitespace-nowrap">Deferred</span>;
  return <StageBadge stage={outcome === 'not-assessable' ? null : outcome} />;
}
