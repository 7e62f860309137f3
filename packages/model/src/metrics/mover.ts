interface Interval {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** `sqrt(a^2 - 2 r a b + b^2)`, the distance of a difference's bound from the difference; never of a square below 0 by rounding. */
export const reachOfDifference = (a: number, b: number, r: number): number =>
  Math.sqrt(Math.max(0, a ** 2 - 2 * r * a * b + b ** 2));

/**
 * `one` minus `other` with its interval, by the method of variance estimates recovery (MOVER; Zou & Donner 2008, section 2):
 *
 *     lower = d - sqrt((m1 - l1)^2 - 2 r (m1 - l1)(u2 - m2) + (u2 - m2)^2)
 *     upper = d + sqrt((u1 - m1)^2 - 2 r (u1 - m1)(m2 - l2) + (m2 - l2)^2)
 *
 * of the level of the two intervals; r is the correlation of the two means, -1..1.
 */
export function differenceInterval(one: Interval, other: Interval, r: number): Interval {
  const mean = one.mean - other.mean;
  return {
    mean,
    lower: mean - reachOfDifference(one.mean - one.lower, other.upper - other.mean, r),
    upper: mean + reachOfDifference(one.upper - one.mean, other.mean - other.lower, r),
  };
}
