import { createHash } from 'node:crypto';
import type { CostMatrix } from '@blastwise/contracts';

/** SHA-256 over stages, matrix and referral cost as JSON in that order: equal digests, equal decisions. */
export function costMatrixDigest(costs: CostMatrix): string {
  const text = JSON.stringify([costs.stages, costs.matrix, costs.referralCost]);
  return createHash('sha256').update(text).digest('hex');
}
