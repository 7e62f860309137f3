import { describe, expect, it } from 'vitest';
import { courseOf, figureOf, scoreCases } from './steps.ts';

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const field = (caseId: string, day: string, value: number) => ({ caseId, at: at(day), value });

describe('the course of a figure', () => {
  it('counts each case once, by the mean of its fields, when the last one was read', () => {
    const cases = scoreCases([
      field('b', '2026-01-09', 30),
      field('a', '2026-01-05', 10),
      field('a', '2026-01-07', 0),
    ]);
    expect(cases).toEqual([
      { id: 'a', at: at('2026-01-07'), value: 5, fields: 2 },
      { id: 'b', at: at('2026-01-09'), value: 30, fields: 1 },
    ]);
  });

  const many = (day: string, values: number[]) =>
    scoreCases(values.map((value, i) => field(`${day} ${i}`, day, value)));

  it('gives no figure of fewer than five cases', () => {
    expect(figureOf(many('2026-01-05', [1, 2, 3, 4]), 30)).toBeNull();
    expect(figureOf(many('2026-01-05', [1, 2, 3, 4, 5]), 30)?.mean).toBe(3);
  });

  it('does not call five cases without cost free of it', () => {
    // Wilson, 0 of 5 at 95 %: z^2 / (n + z^2) = 3.8415 / 8.8415 = .4345, of the worst cost 30.
    const figure = figureOf(many('2026-01-05', [0, 0, 0, 0, 0]), 30);
    expect(figure).toMatchObject({ mean: 0, lower: 0 });
    expect(figure?.upper).toBeCloseTo(30 * 0.4345, 2);
  });

  it('goes by week from Monday, or by twenty cases', () => {
    // 2026-01-04 is a Sunday.
    const cases = [
      ...many('2026-01-04', Array(6).fill(1)),
      ...many('2026-01-05', Array(12).fill(2)),
      ...many('2026-01-11', Array(3).fill(2)),
      ...many('2026-01-12', Array(3).fill(4)),
    ];
    const weeks = courseOf(cases, 'week', 30);
    expect(weeks.steps.map(({ cases: n, figure }) => [n, figure?.mean])).toEqual([
      [6, 1],
      [15, 2],
      [3, undefined],
    ]);
    expect(courseOf(cases, 'cases', 30).steps.map(({ cases: n }) => n)).toEqual([20, 4]);
    expect(weeks).toMatchObject({ cases: 24, fields: 24 });
  });
});
