import { MATURITY_STAGES, STUDY_COSTS, type StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { mixSeed, type SeededRandom, seededRandom } from '../../random/index.ts';
import { type Grid, makeGrid } from '../propose/grid.ts';
import { type Choice, DEFAULT_CHOICE_OPTIONS, fitChoices } from './choice-model.ts';

const PRIOR = STUDY_COSTS.matrix;
const EVEN: StageVector = [0.5, 0.5, 0, 0];
const { beta, priorWidth } = DEFAULT_CHOICE_OPTIONS;

describe('fitChoices', () => {
  it('without answers gives the founding costs and the interval of the prior', () => {
    const { matrix, intervals, learned, answers } = fitChoices(PRIOR, []);
    expect(matrix).toEqual(PRIOR);
    expect(answers).toBe(0);
    expect(learned.flat().every((share) => Math.abs(share) < 1e-12)).toBe(true);
    const [lower, upper] = intervals[0][3];
    expect(lower).toBeCloseTo(30 - 1.959963984540054 * 5, 10);
    expect(upper).toBeCloseTo(30 + 1.959963984540054 * 5, 10);
    expect(intervals[2][2]).toEqual([0, 0]);
  });

  it('solves one answer as by hand', () => {
    // Benign chosen over Early at 0.5 and 0.5: x is 0.5 at Benign called Early and -0.5 at Early called Benign, which
    // start equal. Along them c = (10 + t, 10 - t), so t / 25 = (1 - sigmoid(0.5 t)) * 0.25, as both sides of x add up.
    const { matrix, intervals, learned } = fitChoices(PRIOR, [
      { probabilities: EVEN, chosen: 'Benign', other: 'Early' },
    ]);
    const t = matrix[0][1] - 10;
    expect(t).toBeCloseTo(1.9888, 3);
    expect(t / 25).toBeCloseTo(0.25 / (1 + Math.exp(0.5 * t)), 6);
    expect(matrix[1][0]).toBeCloseTo(10 - t, 8);
    // Hessian in these two cells: I / 25 + w (1, -1)(1, -1)^T with w = s (1 - s) / 16. The inverse has
    // 25 (1 - 25 w / (1 + 50 w)) on its diagonal.
    const s = 1 / (1 + Math.exp(-0.5 * t));
    const w = (s * (1 - s)) / 16;
    const share = (25 * w) / (1 + 50 * w);
    expect(learned[0][1]).toBeCloseTo(share, 6);
    expect(intervals[0][1][1] - matrix[0][1]).toBeCloseTo(1.959963984540054 * 5 * Math.sqrt(1 - share), 6);
    const others = makeGrid((a, p) => (a + p === 1 ? 0 : matrix[a][p] - PRIOR[a][p])).flat();
    expect(others.every((change) => Math.abs(change) < 1e-9)).toBe(true);
  });

  it('is moved little by few answers and by none past 0', () => {
    const answer: Choice = { probabilities: EVEN, chosen: 'Benign', other: 'Early' };
    const many = fitChoices(PRIOR, Array<Choice>(3000).fill(answer));
    expect(many.matrix[1][0]).toBeGreaterThanOrEqual(0);
    expect(many.intervals[1][0][0]).toBe(0);
    expect(many.matrix.flat().every(Number.isFinite)).toBe(true);
  });

  it('hears two opposite answers on an even field as none, only with more certainty', () => {
    const { matrix, learned } = fitChoices(PRIOR, [
      { probabilities: EVEN, chosen: 'Benign', other: 'Early' },
      { probabilities: EVEN, chosen: 'Early', other: 'Benign' },
    ]);
    expect(matrix[0][1]).toBeCloseTo(10, 8);
    expect(learned[0][1]).toBeGreaterThan(0.1);
  });

  it('scales with the unit of the costs', () => {
    const choices = answersTo(PRIOR, 40, seededRandom(5));
    const once = fitChoices(PRIOR, choices);
    const scaled = fitChoices(scale(PRIOR, 8), choices, { beta: beta / 8, priorWidth: priorWidth * 8 });
    expect(scaled.matrix[0][1]).toBeCloseTo(8 * once.matrix[0][1], 6);
    expect(scaled.intervals[3][0][1]).toBeCloseTo(8 * once.intervals[3][0][1], 6);
    expect(scaled.learned[1][2]).toBeCloseTo(once.learned[1][2], 10);
  });

  it('refuses a choice between a decision and itself', () => {
    expect(() => fitChoices(PRIOR, [{ probabilities: EVEN, chosen: 'Pre', other: 'Pre' }])).toThrow(
      'between two decisions',
    );
  });
});

describe('fitted to simulated experts', () => {
  const RUNS = 120;

  it.each([0, 20, 200])('holds the true cost in 95 of 100 intervals, after %i answers', (answers) => {
    const inside = Array.from({ length: RUNS }, (_, run) => {
      const random = seededRandom(mixSeed(41, answers, run));
      const truth = someTruth(random);
      const { intervals } = fitChoices(PRIOR, answersTo(truth, answers, random));
      return offDiagonal(makeGrid((a, p) => (between(truth[a][p], intervals[a][p]) ? 1 : 0)));
    }).flat();
    const share = mean(inside);
    expect(share).toBeGreaterThan(0.925);
    expect(share).toBeLessThan(0.975);
  });

  it('comes closer to the true costs with more answers, and says so', () => {
    const after = (answers: number) => {
      const runs = Array.from({ length: 40 }, (_, run) => {
        const random = seededRandom(mixSeed(42, run));
        const truth = someTruth(random);
        const fit = fitChoices(PRIOR, answersTo(truth, answers, random));
        return {
          error: mean(offDiagonal(makeGrid((a, p) => Math.abs(fit.matrix[a][p] - truth[a][p])))),
          learned: mean(offDiagonal(fit.learned)),
        };
      });
      return { error: mean(runs.map((r) => r.error)), learned: mean(runs.map((r) => r.learned)) };
    };
    const [none, some, many] = [after(0), after(100), after(1000)];
    expect(some.error).toBeLessThan(none.error);
    expect(many.error).toBeLessThan(0.7 * some.error);
    expect(some.learned).toBeGreaterThan(0);
    expect(many.learned).toBeGreaterThan(some.learned);
  });
});

const between = (value: number, [lower, upper]: readonly [number, number]) =>
  lower <= value && value <= upper;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const scale = (costs: Grid<number>, by: number) => makeGrid((a, p) => costs[a][p] * by);
const offDiagonal = (grid: Grid<number>) => grid.flatMap((row, a) => row.filter((_, p) => a !== p));

/** Costs as the prior expects them; one below 0 counts as free. */
const someTruth = (random: SeededRandom) =>
  makeGrid((a, p) => (a === p ? 0 : Math.max(0, PRIOR[a][p] + priorWidth * random.normal())));

/** Experts who prefer the cheaper of any two decisions as the model says, on fields of two likely stages and a rest. */
function answersTo(costs: Grid<number>, answers: number, random: SeededRandom): Choice[] {
  return Array.from({ length: answers }, () => {
    const [first = 0, second = 1] = random.shuffle([0, 1, 2, 3]);
    const [rest, torn] = [0.1 * random.next(), 0.3 + 0.4 * random.next()];
    const of = (stage: number) =>
      stage === first ? (1 - rest) * torn : stage === second ? (1 - rest) * (1 - torn) : rest / 2;
    const probabilities: StageVector = [of(0), of(1), of(2), of(3)];
    const costOf = (decision: number) =>
      probabilities.reduce((sum, p, actual) => sum + p * (costs[actual]?.[decision] ?? 0), 0);
    const takesFirst = random.next() < 1 / (1 + Math.exp(-beta * (costOf(second) - costOf(first))));
    const name = (stage: number) => MATURITY_STAGES[stage] ?? 'Benign';
    return {
      probabilities,
      chosen: name(takesFirst ? first : second),
      other: name(takesFirst ? second : first),
    };
  });
}
