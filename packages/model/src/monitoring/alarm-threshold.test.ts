import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactLower, exactUpper } from '../gate/binomial.ts';
import { seededRandom } from '../random/index.ts';
import { alarmThreshold } from './alarm-threshold.ts';
import { distributionOf, type Positions } from './distribution.ts';
import { spread } from './spread.ts';
import { ksStatistic, type Measure, psi } from './statistics.ts';

const MEASURES: [string, Measure][] = [
  ['Kolmogorov-Smirnov', () => ksStatistic],
  ['the stability index', () => psi],
  ['the spread', spread],
];

/** Every way to choose `count` of the numbers below `of`. */
function choices(of: number, count: number, from = 0): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: of - from }, (_, i) => from + i).flatMap((first) =>
    choices(of, count - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

/** Whether the window drifts by all deals and not by drawn ones: where a share of at most `tail` of them lie as far. */
const driftsByAll = (statistics: readonly number[], value: number, tail: number): boolean =>
  statistics.filter((other) => other > value - 1e-9).length <= tail * statistics.length + 1e-9;

describe('alarmThreshold', () => {
  const values = [0, 1, 2];
  // Of no and yes: three of three in the window, none of five before. One deal of 56 puts them so.
  const reference: Positions = [[0], [0], [0], [0], [0]];
  const window: Positions = [[1], [1], [1]];
  const of = (tail: number, draws = 9_999) =>
    alarmThreshold(() => ksStatistic, { reference, window }, [0, 1], { seed: 1, draws, tail });

  it.each([
    // The window has 3, 2, 1 or none of the yes in 1, 15, 30 and 10 of 56 deals; shares differ by 1, .467, .067 and .6.
    { tail: 0.01, threshold: 1 },
    { tail: 0.03, threshold: 0.6 },
    { tail: 0.18, threshold: 0.6 },
    { tail: 0.25, threshold: 2 / 3 - 1 / 5 },
    { tail: 0.6, threshold: 2 / 5 - 1 / 3 },
  ])('is $threshold for $tail', ({ tail, threshold }) => expect(of(tail)).toBeCloseTo(threshold, 9));

  it('is infinite where the draws are too few to prove anything', () => {
    expect(of(0.01, 98)).toBe(Number.POSITIVE_INFINITY);
    expect(of(0.01, 99)).toBe(1);
  });

  it('deals whole cases: two fields of one slide are never parted', () => {
    const slides: Positions = [[1, 1, 1], [0], [0], [0]];
    const together = alarmThreshold(
      () => ksStatistic,
      { reference: slides.slice(1), window: slides.slice(0, 1) },
      [0, 1],
      {
        ...{ seed: 1, draws: 9_999, tail: 0.2 },
      },
    );
    // One deal of four has it in the window.
    expect(together).toBe(1);
  });

  it.each(MEASURES)(
    'lets at most the share asked for exceed it, of all deals of any cases, by %s',
    (_, measure) => {
      const field = fc.nat(2);
      const cases = fc.array(fc.array(field, { minLength: 1, maxLength: 3 }), { minLength: 6, maxLength: 6 });
      fc.assert(
        fc.property(cases, fc.constantFrom(0.05, 0.1, 0.3), (cards, tail) => {
          const statistic = measure(values);
          const deals = choices(cards.length, 2).map((hand) => ({
            window: cards.filter((_, i) => hand.includes(i)),
            reference: cards.filter((_, i) => !hand.includes(i)),
          }));
          const found = deals.map((deal) => ({
            value: statistic(distributionOf(deal.reference, 3), distributionOf(deal.window, 3)),
            threshold: alarmThreshold(measure, deal, values, { seed: 5, draws: 1_999, tail }),
          }));
          const statistics = found.map(({ value }) => value);
          for (const { value, threshold } of found) {
            // What is far from the limit is decided as by all deals; what lies on it may go either way by the draws.
            const [surely, possibly] = [
              driftsByAll(statistics, value, tail - 0.03),
              driftsByAll(statistics, value, tail + 0.03),
            ];
            if (surely) expect(value > threshold + 1e-9).toBe(true);
            if (!possibly) expect(value > threshold + 1e-9).toBe(false);
          }
        }),
        { numRuns: 20, seed: 1 },
      );
    },
  );

  it.each([
    ['Kolmogorov-Smirnov', () => ksStatistic],
    ['the spread', spread],
  ] as [string, Measure][])('is exceeded by chance as often as is asked, by %s', (_, measure) => {
    const [random, runs, tail] = [seededRandom(31), 4_000, 0.01];
    /** Slides with an effect of their own, of one to three fields. */
    const slides = (count: number) =>
      Array.from({ length: count }, () => {
        const slide = random.normal();
        return Array.from({ length: 1 + random.int(3) }, () => slide + 0.3 * random.normal());
      });
    let exceeded = 0;
    for (let run = 0; run < runs; run++) {
      const [before, now] = [slides(12), slides(6)];
      const numbers = [...before, ...now].flat().sort((a, b) => a - b);
      const placed = (cases: number[][]) =>
        cases.map((fields) => fields.map((value) => numbers.indexOf(value)));
      const [reference, window] = [placed(before), placed(now)];
      const [r, w] = [reference, window].map((cases) => distributionOf(cases, numbers.length));
      if (!r || !w) throw new Error('There are two samples.');
      const threshold = alarmThreshold(measure, { reference, window }, numbers, {
        seed: run,
        draws: 99,
        tail,
      });
      exceeded += Number(measure(numbers)(r, w) > threshold + 1e-9);
    }
    // Of 4,000 windows 40 are expected, give or take 6.3; 2 % would be found out, and so would half a percent.
    expect(exactLower(exceeded, runs, 0.001)).toBeLessThanOrEqual(tail);
    expect(exactUpper(exceeded, runs, 0.001)).toBeGreaterThan(tail);
    expect(exactLower(2 * tail * runs, runs, 0.001)).toBeGreaterThan(tail);
    expect(exactUpper((tail / 2) * runs, runs, 0.001)).toBeLessThan(tail);
  });
});
