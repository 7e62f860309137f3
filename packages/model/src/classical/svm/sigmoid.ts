/** P(first class) = 1 / (1 + exp(slope * value + intercept)); the slope is negative where the machine is right. */
export interface Sigmoid {
  readonly slope: number;
  readonly intercept: number;
}

const MOST_STEPS = 100;
const LEAST_STEP = 1e-10;
const TOLERANCE = 1e-5;
const RIDGE = 1e-12;

/** 1 / (1 + exp(z)) without overflow. */
export const fallOff = (z: number): number =>
  z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));

/** -t log p - (1 - t) log(1 - p) of p = fallOff(z), without overflow. */
const lossAt = (z: number, target: number): number =>
  z >= 0 ? target * z + Math.log1p(Math.exp(-z)) : (target - 1) * z + Math.log1p(Math.exp(z));

/**
 * Platt's sigmoid (1999) over values of machines that did not learn from their rows, by Newton steps with backtracking
 * (Lin, Lin & Weng 2007). His targets (n + 1) / (n + 2) keep it finite where the classes are parted perfectly.
 *
 * @param first whether each row is of the first class.
 */
export function fitSigmoid(values: readonly number[], first: readonly boolean[]): Sigmoid {
  const positives = first.filter(Boolean).length;
  const negatives = first.length - positives;
  const target = (i: number): number => (first[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2));
  const loss = (slope: number, intercept: number): number =>
    values.reduce((sum, value, i) => sum + lossAt(slope * value + intercept, target(i)), 0);

  let [slope, intercept] = [0, Math.log((negatives + 1) / (positives + 1))];
  let here = loss(slope, intercept);
  for (let step = 0; step < MOST_STEPS; step++) {
    let [g1, g2, h11, h21, h22] = [0, 0, RIDGE, 0, RIDGE];
    for (const [i, value] of values.entries()) {
      const p = fallOff(slope * value + intercept);
      const off = target(i) - p;
      const bend = p * (1 - p);
      g1 += value * off;
      g2 += off;
      h11 += value * value * bend;
      h21 += value * bend;
      h22 += bend;
    }
    if (Math.abs(g1) < TOLERANCE && Math.abs(g2) < TOLERANCE) break;
    const determinant = h11 * h22 - h21 * h21;
    const [d1, d2] = [-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant];
    const descent = g1 * d1 + g2 * d2;
    let length = 1;
    let there = loss(slope + d1, intercept + d2);
    while (there >= here + 1e-4 * length * descent && length > LEAST_STEP) {
      length /= 2;
      there = loss(slope + length * d1, intercept + length * d2);
    }
    if (length <= LEAST_STEP) break;
    [slope, intercept, here] = [slope + length * d1, intercept + length * d2, there];
  }
  return { slope, intercept };
}
