import { seededRandom } from '../random/index.ts';

/** Rounds of the iteration: directions on either side of the last one kept may trade places, which moves no score. */
const ROUNDS = 12;
const SEED = 1;

/** Rows of a matrix, each of `dimension` values, one after the other. */
export interface Rows {
  readonly data: Float32Array;
  readonly dimension: number;
}

export const rowCount = ({ data, dimension }: Rows): number => data.length / Math.max(1, dimension);

/** Sum over the rows of the outer product of each with itself, dimension x dimension, row-major. */
function scatter({ data, dimension }: Rows): Float64Array {
  const sum = new Float64Array(dimension * dimension);
  for (let start = 0; start < data.length; start += dimension) {
    for (let i = 0; i < dimension; i++) {
      const value = data[start + i] ?? 0;
      if (value === 0) continue;
      const row = i * dimension;
      for (let j = i; j < dimension; j++) sum[row + j] = (sum[row + j] ?? 0) + value * (data[start + j] ?? 0);
    }
  }
  for (let i = 0; i < dimension; i++)
    for (let j = 0; j < i; j++) sum[i * dimension + j] = sum[j * dimension + i] ?? 0;
  return sum;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Gram-Schmidt, twice over each vector for the sake of rounding; a vector without a direction of its own is dropped. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const shared = dot(vector, other);
        for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) - shared * (other[i] ?? 0);
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    if (!(length > 1e-9 * before)) continue;
    basis.push(vector.map((v) => v / length));
  }
  return basis;
}

/**
 * An orthonormal basis of the `components` directions along which the rows vary most (rows already centred), by
 * orthogonal iteration (Golub & Van Loan, Matrix Computations, 8.2.4) from a fixed start: the same rows give the same
 * basis. Fewer directions where the rows span fewer.
 */
export function principalSubspace(rows: Rows, components: number): Float64Array[] {
  const { dimension } = rows;
  const matrix = scatter(rows);
  const random = seededRandom(SEED);
  const start = Array.from({ length: Math.min(components, dimension, rowCount(rows)) }, () =>
    Float64Array.from({ length: dimension }, () => random.normal()),
  );
  let basis = orthonormal(start);
  for (let round = 0; round < ROUNDS; round++) {
    const moved = basis.map((vector) =>
      Float64Array.from({ length: dimension }, (_, i) =>
        dot(matrix.subarray(i * dimension, (i + 1) * dimension), vector),
      ),
    );
    basis = orthonormal(moved.filter((vector) => dot(vector, vector) > 0));
  }
  return basis;
}
