/** Mean of vectors of one length by weights of 0 or more, not all of them 0. One vector alone comes back exactly. */
export function weightedMean(vectors: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const sums = new Float64Array(vectors[0]?.length ?? 0);
  let total = 0;
  for (const [v, vector] of vectors.entries()) {
    const weight = weights[v] ?? 0;
    total += weight;
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + weight * (vector[i] ?? Number.NaN);
  }
  return new Float32Array(sums.map((sum) => sum / total));
}
