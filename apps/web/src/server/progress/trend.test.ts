import { describe, expect, it } from 'vitest';
import { figureOf, scoreCases } from './steps.ts';
import { correlationOf, trendOf } from './trend.ts';

const cases = (...values: number[]) =>
  scoreCases(
    values.map((value, i) => ({
      caseId: `${i}`,
      patient: `${i}`,
      at: new Date(Date.UTC(2026, 0, 1 + i)),
      value,
    })),
  );

/** Two cases a patient, one in each half. */
const seenTwice = (before: readonly number[], after: readonly number[]) =>
  cases(...before, ...after).map((each, i) => ({ ...each, patient: `${i % before.length}` }));

describe('the later half against the earlier one', () => {
  it('differs by their means, with an interval made of both', () => {
    const [before, after] = [
      [10, 20, 30, 20, 20],
      [0, 10, 10, 20, 10],
    ];
    const all = cases(...before, ...after);
    const [earlier, later] = [figureOf(all.slice(0, 5), 50), figureOf(all.slice(5), 50)];
    const trend = trendOf(all, 50);
    if (!earlier || !later || !trend) throw new Error('Ten cases are enough.');
    expect(trend.since).toBe('2026-01-06T00:00:00.000Z');
    expect(trend.difference.mean).toBe(-10);
    // Square-and-add of the distances from 10 down and from 20 up; then from 10 up and from 20 down.
    const down = Math.sqrt((10 - later.lower) ** 2 + (earlier.upper - 20) ** 2);
    const up = Math.sqrt((later.upper - 10) ** 2 + (20 - earlier.lower) ** 2);
    expect(trend.difference.lower).toBeCloseTo(-10 - down, 9);
    expect(trend.difference.upper).toBeCloseTo(-10 + up, 9);
  });

  it.each([
    ['better', [40, 41, 42, 43, 44, 10, 11, 12, 13, 14]],
    ['worse', [10, 11, 12, 13, 14, 40, 41, 42, 43, 44]],
    ['cannot-tell', [10, 30, 12, 50, 14, 40, 11, 42, 13, 12]],
    // Nothing in either half may still be chance: Wilson's bound keeps both open.
    ['cannot-tell', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ] as const)('is %s', (verdict, values) => {
    expect(trendOf(cases(...values), 50)?.verdict).toBe(verdict);
  });

  it('is not told of fewer than five patients in either', () => {
    expect(trendOf(cases(1, 2, 3, 4, 5, 6, 7, 8, 9), 50)).toBeNull();
  });

  it('knows that a patient with cases in both halves is one patient', () => {
    const [before, after] = [
      [10, 20, 30, 20, 20],
      [5, 15, 25, 20, 10],
    ];
    const [earlier, later] = [figureOf(cases(...before), 50), figureOf(cases(...after), 50)];
    const trend = trendOf(seenTwice(before, after), 50);
    if (!earlier || !later || !trend) throw new Error('Ten cases are enough.');
    // Above the means of 20 and 15: -10, 0, 10, 0, 0 and -10, 0, 10, 5, -5. 200 / sqrt(200 * 250) = 0.894.
    const r = 200 / Math.sqrt(200 * 250);
    const [down, up] = [15 - later.lower, earlier.upper - 20];
    expect(trend.difference.mean).toBe(-5);
    expect(trend.difference.lower).toBeCloseTo(-5 - Math.sqrt(down ** 2 - 2 * r * down * up + up ** 2), 9);
    // The same cases of ten patients tell less, for what each costs by nature does not cancel out.
    expect(trend.verdict).toBe('better');
    expect(trendOf(cases(...before, ...after), 50)?.verdict).toBe('cannot-tell');
  });

  it.each([
    [[0, 10], [0, 10], 1],
    [[0, 10], [10, 0], -1],
    [[0, 10], [4, 4], 0],
  ])('of patients that are %j and then %j is correlated by %d', (before, after, r) => {
    const all = seenTwice(before, after);
    expect(correlationOf(all.slice(0, 2), all.slice(2))).toBeCloseTo(r, 9);
    expect(
      correlationOf(
        cases(...before),
        all.slice(2).map((each) => ({ ...each, patient: each.id })),
      ),
    ).toBe(0);
  });
});
