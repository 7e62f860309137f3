const STEPS = 60;

/** P(X <= hits) of a binomial with `n` trials of probability `p` in (0, 1). */
function cumulative(hits: number, n: number, p: number): number {
  const odds = Math.log(p) - Math.log1p(-p);
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= hits; i++) {
    logTerm += Math.log((n - i + 1) / i) + odds;
    sum += Math.exp(logTerm);
  }
  return sum;
}

/**
 * Exact one-sided upper bound of a share (Clopper & Pearson 1934): the share under which `hits` or fewer of `n` would
 * have probability `tail`. Without a hit it is `1 - tail^(1/n)`, about 3 / n for 5 % (the rule of three; Hanley &
 * Lippman-Hand 1983). 1 where n is 0.
 */
export function exactUpper(hits: number, n: number, tail: number): number {
  if (hits >= n) return 1;
  let [low, high] = [hits / n, 1];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (cumulative(hits, n, middle) > tail) low = middle;
    else high = middle;
  }
  return high;
}

/** Exact one-sided lower bound of a share; 0 without a hit. */
export const exactLower = (hits: number, n: number, tail: number): number =>
  1 - exactUpper(n - hits, n, tail);
