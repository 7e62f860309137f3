/** Mean of vectors of one length by weights of 0 or more, added one at a time; the plain mean while all weigh 0. */
export class WeightedMean {
  #weighted: Float64Array = new Float64Array(0);
  #plain: Float64Array = new Float64Array(0);
  #weight = 0;
  #count = 0;

  add(vector: Float32Array, weight: number): void {
    if (this.#count === 0) {
      this.#weighted = new Float64Array(vector.length);
      this.#plain = new Float64Array(vector.length);
    }
    for (let i = 0; i < vector.length; i++) {
      const value = vector[i] ?? Number.NaN;
      this.#plain[i] = (this.#plain[i] ?? 0) + value;
      this.#weighted[i] = (this.#weighted[i] ?? 0) + weight * value;
    }
    this.#weight += weight;
    this.#count++;
  }

  /** One vector alone comes back exactly. */
  value(): Float32Array {
    const [sums, total] = this.#weight > 0 ? [this.#weighted, this.#weight] : [this.#plain, this.#count];
    const mean = new Float32Array(sums.length);
    for (let i = 0; i < mean.length; i++) mean[i] = (sums[i] ?? 0) / total;
    return mean;
  }
}
