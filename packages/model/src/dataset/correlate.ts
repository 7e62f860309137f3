/**
 * Pearson correlation of two squares of values over the part where they overlap when `b` is moved by `dx`, `dy`:
 * `a[y][x]` meets `b[y - dy][x - dx]`. 0 where one of them is flat.
 */
export function correlation(a: Float32Array, b: Float32Array, dx: number, dy: number): number {
  const side = Math.sqrt(a.length);
  let n = 0;
  let sumA = 0;
  let sumB = 0;
  let sumAA = 0;
  let sumBB = 0;
  let sumAB = 0;
  for (let y = Math.max(0, dy); y < Math.min(side, side + dy); y++) {
    for (let x = Math.max(0, dx); x < Math.min(side, side + dx); x++) {
      const p = a[y * side + x] ?? 0;
      const q = b[(y - dy) * side + x - dx] ?? 0;
      n++;
      sumA += p;
      sumB += q;
      sumAA += p * p;
      sumBB += q * q;
      sumAB += p * q;
    }
  }
  const spread = (sumAA - (sumA * sumA) / n) * (sumBB - (sumB * sumB) / n);
  return spread <= 0 ? 0 : (sumAB - (sumA * sumB) / n) / Math.sqrt(spread);
}

/** The displacement of `b`, within `reach` of `start`, at which it correlates best with `a`. */
export function bestShift(
  a: Float32Array,
  b: Float32Array,
  start: readonly [number, number],
  reach: number,
): { correlation: number; shift: readonly [number, number] } {
  let best = { correlation: -1, shift: start };
  for (let dy = start[1] - reach; dy <= start[1] + reach; dy++) {
    for (let dx = start[0] - reach; dx <= start[0] + reach; dx++) {
      const found = correlation(a, b, dx, dy);
      if (found > best.correlation) best = { correlation: found, shift: [dx, dy] };
    }
  }
  return best;
}
