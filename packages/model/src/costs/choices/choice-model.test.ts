import { STUDY_COSTS, type StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { mixSeed, type SeededRandom, seededRandom } from '../../random/index.ts';
import { type Grid, makeGrid } from '../propose/grid.ts';
import {
  type Choice,
  type ChosenCosts,
  DEFAULT_CHOICE_OPTIONS,
  fitChoices,
  LEARNED_AT_LEAST,
} from './choice-model.ts';
import { type Expert, noisilyRational, simulateAnswers } from './simulated.ts';

const PRIOR = STUDY_COSTS.matrix;
const EVEN: StageVector = [0.5, 0.5, 0, 0];
const { beta, priorWidth } = DEFAULT_CHOICE_OPTIONS;
const asked = { probabilities: EVEN, first: 'Benign', second: 'Early' } as const;
const benign: Choice = { ...asked, answer: 'first' };
const early: Choice = { ...asked, answer: 'second' };
const neither: Choice = { ...asked, answer: 'no-preference' };

describe('fitChoices', () => {
  it('without answers gives the founding costs and the interval of the prior', () => {
    const { matrix, intervals, learned, answers, foretold } = fitChoices(PRIOR, []);
    expect(matrix).toEqual(PRIOR);
    expect(answers).toBe(0);
    expect(foretold).toBeNull();
    expect(learned.flat().every((share) => Math.abs(share) < 1e-12)).toBe(true);
    const [lower, upper] = intervals[0][3];
    expect(lower).toBeCloseTo(30 - 1.959963984540054 * 5, 10);
    expect(upper).toBeCloseTo(30 + 1.959963984540054 * 5, 10);
    expect(intervals[2][2]).toEqual([0, 0]);
  });

  it('solves one answer as by hand', () => {
    // Benign rather than Early at 0.5 and 0.5: beta x is 0.25 at Benign called Early and -0.25 at Early called Benign,
    // which start equal. Along them c = (10 + t, 10 - t), the odds are 0.5 t, and t / 25 = 0.25 (1 - sigmoid(0.5 t)):
    // t (1 + exp(t / 2)) = 6.25.
    const { matrix, intervals, learned } = fitChoices(PRIOR, [benign]);
    const t = matrix[0][1] - 10;
    expect(t).toBeCloseTo(1.804, 3);
    expect(t * (1 + Math.exp(t / 2))).toBeCloseTo(6.25, 4);
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

  it('has evidence in the cells that were asked about, and in no other', () => {
    const { learned } = fitChoices(PRIOR, [benign]);
    const known = makeGrid((a, p) => learned[a][p] >= LEARNED_AT_LEAST);
    expect(known).toEqual(makeGrid((a, p) => a + p === 1));
  });

  it('is never moved below 0', () => {
    const { matrix, intervals } = fitChoices(PRIOR, Array<Choice>(3000).fill(benign));
    expect(matrix[1][0]).toBe(0);
    expect(intervals[1][0][0]).toBe(0);
    expect(matrix.flat().every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['two opposite answers', [benign, early]],
    ['no preference', [neither]],
  ])('hears %s on an even field as equal costs, only more surely', (_, choices) => {
    const { matrix, learned } = fitChoices(PRIOR, choices);
    expect(matrix[0][1]).toBeCloseTo(10, 8);
    expect(matrix[1][0]).toBeCloseTo(10, 8);
    expect(learned[0][1]).toBeGreaterThan(0.1);
  });

  it('hears two without preference as one answer for each', () => {
    const both = fitChoices(PRIOR, [benign, benign, early, benign]);
    const halves = fitChoices(PRIOR, [benign, benign, neither, neither]);
    expect(halves.matrix[0][1]).toBeCloseTo(both.matrix[0][1], 8);
    expect(halves.learned).toEqual(both.learned);
  });

  it('is the same whichever decision is named first', () => {
    const turned: Choice = { ...asked, first: 'Early', second: 'Benign', answer: 'second' };
    expect(fitChoices(PRIOR, [turned]).matrix).toEqual(fitChoices(PRIOR, [benign]).matrix);
  });

  it('scales with the unit of the costs', () => {
    const choices = simulateAnswers(PRIOR, 40, seededRandom(5), noisilyRational(beta));
    const once = fitChoices(PRIOR, choices);
    const scaled = fitChoices(
      makeGrid((a, p) => PRIOR[a][p] * 8),
      choices,
      { beta: beta / 8, priorWidth: priorWidth * 8 },
    );
    expect(scaled.matrix[0][1]).toBeCloseTo(8 * once.matrix[0][1], 6);
    expect(scaled.intervals[3][0][1]).toBeCloseTo(8 * once.intervals[3][0][1], 6);
    expect(scaled.learned[1][2]).toBeCloseTo(once.learned[1][2], 10);
    expect(scaled.foretold).toEqual(once.foretold);
  });

  it('refuses a choice between a decision and itself', () => {
    expect(() => fitChoices(PRIOR, [{ ...benign, second: 'Benign' }])).toThrow('between two decisions');
  });
});

describe('fitted to simulated experts who follow the model', () => {
  it.each([0, 20, 200])('holds the true cost in 95 of 100 intervals, after %i answers', (answers) => {
    const inside = Array.from({ length: 80 }, (_, run) => {
      const random = seededRandom(mixSeed(41, answers, run));
      const truth = someTruth(random);
      const { intervals } = fitChoices(PRIOR, simulateAnswers(truth, answers, random, noisilyRational(beta)));
      return offDiagonal(makeGrid((a, p) => (between(truth[a][p], intervals[a][p]) ? 1 : 0)));
    }).flat();
    const share = mean(inside);
    expect(share).toBeGreaterThan(0.925);
    expect(share).toBeLessThan(0.975);
  });

  it('comes closer to the true costs with more answers, and says so', () => {
    const after = (answers: number) => {
      const runs = Array.from({ length: 16 }, (_, run) => {
        const random = seededRandom(mixSeed(42, run));
        const truth = someTruth(random);
        const fit = fitChoices(PRIOR, simulateAnswers(truth, answers, random, noisilyRational(beta)));
        return {
          error: mean(offDiagonal(makeGrid((a, p) => Math.abs(fit.matrix[a][p] - truth[a][p])))),
          learned: mean(offDiagonal(fit.learned)),
        };
      });
      return { error: mean(runs.map((r) => r.error)), learned: mean(runs.map((r) => r.learned)) };
    };
    const [none, some, many] = [after(0), after(100), after(600)];
    expect(some.error).toBeLessThan(none.error);
    expect(many.error).toBeLessThan(0.8 * some.error);
    expect(some.learned).toBeGreaterThan(0);
    expect(many.learned).toBeGreaterThan(some.learned);
  });

  it('recovers a matrix that is not the founding one', () => {
    const truth = makeGrid((a, p) => {
      if (a === p) return 0;
      return p === 0 ? PRIOR[a][p] + 6 : a === 0 ? PRIOR[a][p] - 6 : PRIOR[a][p];
    });
    const choices = simulateAnswers(truth, 2000, seededRandom(43), noisilyRational(beta));
    const { matrix, intervals } = fitChoices(PRIOR, choices);
    const errors = offDiagonal(makeGrid((a, p) => Math.abs(matrix[a][p] - truth[a][p])));
    // The founding costs are 6 off in half of the cells.
    expect(mean(errors)).toBeLessThan(1.5);
    const held = offDiagonal(makeGrid((a, p) => between(truth[a][p], intervals[a][p])));
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(11);
  });
});

describe('fitted to experts who do not follow the model', () => {
  const fitTo = (expert: Expert, answers = 300) =>
    fitChoices(PRIOR, simulateAnswers(PRIOR, answers, seededRandom(44), expert));
  const foretells = ({ foretold }: ChosenCosts) => (foretold ? foretold.interval.lower > 0.5 : false);

  it.each<{ name: string; expert: Expert; noticed: boolean }>([
    { name: 'who follows it', expert: noisilyRational(beta), noticed: false },
    { name: 'far stricter', expert: noisilyRational(10 * beta), noticed: false },
    {
      name: 'who tosses a coin',
      expert: (_, random) => (random.next() < 0.5 ? 'first' : 'second'),
      noticed: true,
    },
    { name: 'who risks the dearer error', expert: noisilyRational(-beta), noticed: true },
    { name: 'without any preference', expert: () => 'no-preference', noticed: true },
  ])('stays within sight of the prior for one $name; noticed: $noticed', ({ expert, noticed }) => {
    const fit = fitTo(expert);
    const below = makeGrid((a, p) => fit.intervals[a][p][1] <= PRIOR[a][p] + 6 * priorWidth);
    expect(below.flat().every(Boolean)).toBe(true);
    expect(foretells(fit)).toBe(!noticed);
  });
});

const between = (value: number, [lower, upper]: readonly [number, number]) =>
  lower <= value && value <= upper;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const offDiagonal = <T>(grid: Grid<T>): T[] => grid.flatMap((row, a) => row.filter((_, p) => a !== p));

/** Costs as the prior expects them; one below 0 counts as free. */
const someTruth = (random: SeededRandom) =>
  makeGrid((a, p) => (a === p ? 0 : Math.max(0, PRIOR[a][p] + priorWidth * random.normal())));
