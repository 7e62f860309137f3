/**
 * How values spread over ordered positions: `shares` sum to 1. Every case weighs the same, however many fields it has,
 * since fields of one slide are alike.
 */
export interface Distribution {
  readonly shares: Float64Array;
  readonly cases: number;
}

/** The positions of each case's values; no case without one. */
export type Positions = readonly (readonly number[])[];

/** Adds what one case of `cases` contributes. */
export function addCase(shares: Float64Array, values: readonly number[], cases: number): void {
  const weight = 1 / (values.length * cases);
  for (const position of values) shares[position] = (shares[position] ?? 0) + weight;
}

/** The distribution of some cases over `size` positions. */
export function distributionOf(cases: Positions, size: number): Distribution {
  const shares = new Float64Array(size);
  for (const values of cases) addCase(shares, values, cases.length);
  return { shares, cases: cases.length };
}
