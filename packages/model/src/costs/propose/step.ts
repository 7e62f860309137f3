import type { CostTable, CostWeights } from '@blastwise/contracts';
import { makeGrid } from './grid.ts';

/** `target`, as far as one proposal may go from the active cost; never below 0. */
export function stepTowards(active: number, target: number, { share, cost }: CostWeights['step']): number {
  const reach = Math.max(share * active, cost);
  return Math.max(0, Math.min(active + reach, Math.max(active - reach, target)));
}

const FIGURES = 4;

/** The number of four figures next to `cost` on the side of `active`; `active` itself where none lies between. */
function roundTowards(active: number, cost: number): number {
  const nearest = Number(cost.toPrecision(FIGURES));
  const up = Math.sign(active - cost);
  if ((nearest - cost) * up >= 0) return isBetween(active, nearest, cost) ? nearest : active;
  const [, exponent = '0'] = cost.toExponential().split('e');
  const next = Number((nearest + up * 10 ** (Number(exponent) - FIGURES + 1)).toPrecision(FIGURES));
  return isBetween(active, next, cost) ? next : active;
}

const isBetween = (a: number, x: number, b: number): boolean => Math.min(a, b) <= x && x <= Math.max(a, b);

/**
 * A proposal in figures that a person can read and approve: costs that change have four, rounded towards the active ones,
 * so that none goes further than its step; the others stay to the digit.
 */
export const roundProposal = (proposed: CostTable, active: CostTable): CostTable =>
  makeGrid((a, p) => roundTowards(active[a][p], proposed[a][p]));
