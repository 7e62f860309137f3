/** Largest change of a cell in one proposal: this share of it or this cost, whichever is larger. */
const SHARE = 0.25;
const COST = 2;

/** `target`, as far as one proposal may go from the active cost; never below 0. */
export function stepTowards(active: number, target: number): number {
  const reach = Math.max(SHARE * active, COST);
  return Math.max(0, Math.min(active + reach, Math.max(active - reach, target)));
}
