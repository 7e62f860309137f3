/** Solves `a x = b` for a small symmetric positive definite matrix by Cholesky factors. */
export function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length;
  const lower: number[][] = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const at = (r: number, c: number): number => lower[r]?.[c] ?? 0;
  for (let r = 0; r < n; r++) {
    const row = lower[r] ?? [];
    for (let c = 0; c <= r; c++) {
      let rest = a[r]?.[c] ?? 0;
      for (let k = 0; k < c; k++) rest -= at(r, k) * at(c, k);
      row[c] = r === c ? Math.sqrt(rest) : rest / at(c, c);
    }
  }
  const x = [...b];
  for (let r = 0; r < n; r++) {
    for (let k = 0; k < r; k++) x[r] = (x[r] ?? 0) - at(r, k) * (x[k] ?? 0);
    x[r] = (x[r] ?? 0) / at(r, r);
  }
  for (let r = n - 1; r >= 0; r--) {
    for (let k = r + 1; k < n; k++) x[r] = (x[r] ?? 0) - at(k, r) * (x[k] ?? 0);
    x[r] = (x[r] ?? 0) / at(r, r);
  }
  return x;
}
