import { type CostMatrix, costMatrixSchema, MATURITY_STAGES } from '@blastwise/contracts';
import type { Costs } from '@blastwise/ui';

/** The editor's figures as the contract's matrix, or null where they are not one. */
export function asCostMatrix(costs: Costs | null): CostMatrix | null {
  if (!costs) return null;
  const parsed = costMatrixSchema.safeParse({ stages: [...MATURITY_STAGES], ...costs });
  return parsed.success ? parsed.data : null;
}
