import type { CostMatrix } from '@blastwise/contracts';
import { serviceSettings } from '@blastwise/db';
import type { Services } from '../services.ts';
import { isFlip, replaySettled, replayUnsettled } from './replay.ts';
import type { FlipsPage } from './schemas.ts';

const SIZE = 12;

/**
 * One page of the replayed fields that a draft would decide otherwise, newest first; `total`: of all pages. None of a case in
 * blind review (R13), and none while the AI is off (R12).
 */
export async function flipsUnder(
  services: Services,
  { costs, of, offset }: { costs: CostMatrix; of: 'unsettled' | 'settled'; offset: number },
): Promise<FlipsPage> {
  if (!(await serviceSettings(services.db)).aiEnabled) return { total: 0, offset: 0, size: SIZE, flips: [] };
  const replayed = await (of === 'settled' ? replaySettled : replayUnsettled)(services, costs);
  const flips = replayed.filter((field) => isFlip(field) && !field.blind).map(({ shown }) => shown);
  const total = flips.length;
  const from = Math.min(offset, Math.max(0, Math.ceil(total / SIZE) - 1) * SIZE);
  return { total, offset: from, size: SIZE, flips: flips.slice(from, from + SIZE) };
}
