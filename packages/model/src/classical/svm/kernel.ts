import { DomainError } from '@blastwise/contracts';

/** Squared distances between rows, or a kernel of them: row-major [rows, rows]. */
export interface PairTable {
  readonly rows: number;
  readonly values: Float32Array;
}

/** Two tables of this many rows take a gigabyte. */
const MOST_ROWS = 12_000;

/** Squared Euclidean distance of two vectors of one length. */
export function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) {
    const off = (a[k] ?? 0) - (b[k] ?? 0);
    sum += off * off;
  }
  return sum;
}

/** @throws DomainError BAD_INPUT for more rows than the tables may hold. */
export function squaredDistances(vectors: readonly Float32Array[]): PairTable {
  const rows = vectors.length;
  if (rows > MOST_ROWS)
    throw new DomainError(
      'BAD_INPUT',
      `A support vector machine learns from at most ${MOST_ROWS} fields, not ${rows}: take fewer.`,
    );
  const values = new Float32Array(rows * rows);
  for (const [i, a] of vectors.entries())
    for (let j = 0; j < i; j++) {
      const distance = squaredDistance(a, vectors[j] ?? a);
      values[i * rows + j] = distance;
      values[j * rows + i] = distance;
    }
  return { rows, values };
}

/** The radial kernel `exp(-sigma d)` of squared distances `d`. */
export function radialKernel({ rows, values }: PairTable, sigma: number): PairTable {
  return { rows, values: values.map((distance) => Math.exp(-sigma * distance)) };
}
