import type { DriftBin } from '@blastwise/contracts';
import { type Distribution, distributionOf, type Positions } from './distribution.ts';

const BINS = 10;
const ROUNDING = 1e-9;

/** Bins that hold a tenth of the reference each, or more where many values are equal. */
export interface QuantileBins {
  readonly reference: Distribution;
  readonly window: Distribution;
  /** The highest value of each bin but the last. */
  readonly edges: readonly number[];
}

/** Numbers of two groups of cases, ascending without repetition, and where each case's values lie among them. */
export interface Ordered {
  readonly values: readonly number[];
  readonly reference: Positions;
  readonly window: Positions;
}

/** Puts ordered numbers into bins between the deciles of the reference. */
export function quantileBins({ values, reference, window }: Ordered): QuantileBins {
  const { shares } = distributionOf(reference, values.length);
  const binOf: number[] = [];
  const edges: number[] = [];
  let [seen, decile] = [0, 1];
  for (const [position, share] of shares.entries()) {
    binOf.push(edges.length);
    seen += share;
    const passed = Math.floor(seen * BINS + ROUNDING);
    if (passed < decile || passed >= BINS) continue;
    edges.push(values[position] ?? Number.NaN);
    decile = passed + 1;
  }
  const binned = (cases: Positions): Distribution =>
    distributionOf(
      cases.map((positions) => positions.map((position) => binOf[position] ?? 0)),
      edges.length + 1,
    );
  return { reference: binned(reference), window: binned(window), edges };
}

/** Bins as they are stored and drawn; `names` of categories, or the `edges` between bins of numbers. */
export function toBins(
  reference: Distribution,
  window: Distribution,
  label: { readonly names: readonly string[] } | { readonly edges: readonly number[] },
): DriftBin[] {
  return [...reference.shares].map((share, i) => ({
    name: 'names' in label ? (label.names[i] ?? null) : null,
    upTo: 'edges' in label ? (label.edges[i] ?? null) : null,
    reference: Math.min(1, share),
    window: Math.min(1, window.shares[i] ?? 0),
  }));
}
