import type { CostMatrix } from '@blastwise/contracts';
import { countUnsettled, serviceSettings } from '@blastwise/db';
import type { Services } from '../services.ts';
import { comparison } from './compare.ts';
import { isFlip, replaySettled, replayUnsettled } from './replay.ts';
import type { CostPreview, Outcome } from './schemas.ts';

/**
 * What would change for unsettled fields, their stored probabilities decided under a draft; and what decisions cost by it, as
 * they are and as they would be. Stores nothing; empty while the AI is off (R12).
 */
export async function previewCosts(services: Services, costs: CostMatrix): Promise<CostPreview> {
  if (!(await serviceSettings(services.db)).aiEnabled) return NOTHING_SHOWN;
  const [counts, unsettled, settled] = await Promise.all([
    countUnsettled(services.db),
    replayUnsettled(services, costs),
    replaySettled(services, costs),
  ]);
  const changed = unsettled.filter(isFlip).map(({ shown }) => shown);
  return {
    replayed: unsettled.length,
    // Counted a moment apart.
    unsettled: Math.max(counts.shown, unsettled.length),
    blind: counts.blind,
    changed: changed.length,
    referredBefore: unsettled.filter(({ shown }) => shown.before.outcome === 'referred').length,
    referredAfter: unsettled.filter(({ shown }) => shown.after.outcome === 'referred').length,
    transitions: transitionsOf(changed.map(({ before, after }) => [before.outcome, after.outcome])),
    expected: comparison(unsettled.map(({ priced }) => priced)),
    realised: comparison(settled.map(({ priced }) => priced)),
  };
}

const NOTHING_SHOWN: CostPreview = {
  replayed: 0,
  unsettled: 0,
  blind: 0,
  changed: 0,
  referredBefore: 0,
  referredAfter: 0,
  transitions: [],
  expected: null,
  realised: null,
};

/** How many fields go from one outcome to another, most frequent first. */
export function transitionsOf(changes: readonly (readonly [Outcome, Outcome])[]): CostPreview['transitions'] {
  const counted = new Map<string, { from: Outcome; to: Outcome; fields: number }>();
  for (const [from, to] of changes) {
    const key = `${from} ${to}`;
    counted.set(key, { from, to, fields: (counted.get(key)?.fields ?? 0) + 1 });
  }
  return [...counted.values()].sort((a, b) => b.fields - a.fields);
}
