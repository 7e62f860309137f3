import type { MaturityStage } from '@blastwise/contracts';
import type { PairedOutcome } from './outcome.ts';

/** As many equal outcomes of one group: truly `actual`, then what champion and challenger call them. */
export function outcomes(
  group: string,
  [actual, champion, challenger]: readonly [MaturityStage, MaturityStage, MaturityStage],
  times = 1,
): PairedOutcome[] {
  return Array.from({ length: times }, () => ({ group, actual, champion, challenger }));
}
