/**
 * The largest share of a window's cases that may show what none of the reference's cases showed, before chance no longer
 * explains it, 0..1. By the rule of succession (Laplace 1774; uniform prior), k or more of n new cases do so with
 * probability product over i < k of (n - i) / (n + reference + 1 - i).
 */
export function unseenShare(referenceCases: number, windowCases: number, tail: number): number {
  let k = 0;
  for (let chance = 1; k < windowCases; k++) {
    chance *= (windowCases - k) / (windowCases + referenceCases + 1 - k);
    if (chance <= tail) break;
  }
  return k / windowCases;
}
