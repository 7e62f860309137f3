import { describe, expect, it } from 'vitest';
import { courseOf, figureOf, scoreCases } from './steps.ts';

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const field = (caseId: string, day: string, value: number, patient = caseId) => ({
  caseId,
  patient,
  at: at(day),
  value,
});

describe('the course of a figure', () => {
  it('counts each case once, by the mean of its fields, when the last one was read', () => {
    const cases = scoreCases([
      field('b', '2026-01-09', 30),
      field('a', '2026-01-05', 10),
      field('a', '2026-01-07', 0),
    ]);
    expect(cases).toEqual([
      { id: 'a', patient: 'a', at: at('2026-01-07'), value: 5, fields: 2 },
      { id: 'b', patient: 'b', at: at('2026-01-09'), value: 30, fields: 1 },
    ]);
  });

  const many = (day: string, values: number[]) =>
    scoreCases(values.map((value, i) => field(`${day} ${i}`, day, value)));

  it('gives no figure of fewer than five patients', () => {
    const ofOne = [1, 2, 3, 4, 5, 6].map((value) => field(`${value}`, '2026-01-05', value, 'one'));
    expect(figureOf(scoreCases(ofOne), 30)).toBeNull();
    expect(figureOf(many('2026-01-05', [1, 2, 3, 4]), 30)).toBeNull();
    expect(figureOf(many('2026-01-05', [1, 2, 3, 4, 5]), 30)?.mean).toBe(3);
  });

  it('does not call five cases without cost free of it', () => {
    // Wilson, 0 of 5 at 95 %: z^2 / (n + z^2) = 3.8415 / 8.8415 = .4345, of the worst cost 30.
    const figure = figureOf(many('2026-01-05', [0, 0, 0, 0, 0]), 30);
    expect(figure).toMatchObject({ mean: 0, lower: 0 });
    expect(figure?.upper).toBeCloseTo(30 * 0.4345, 2);
  });

  it('bounds a mean by what drawing whole patients gives', () => {
    // Four patients have 0, one has 10 in each of two cases. Of five draws k are of the last one with the binomial
    // probabilities .33 .41 .20 .05 .006: the lower bound is that of none, the upper that of 3, 6 cases of 10 among 8.
    const cases = scoreCases([
      ...['a', 'b', 'c', 'd'].map((id) => field(id, '2026-01-05', 0)),
      field('e', '2026-01-06', 10),
      field('f', '2026-01-07', 10, 'e'),
    ]);
    expect(figureOf(cases, 30)).toEqual({ mean: 20 / 6, lower: 0, upper: 7.5 });
  });

  it.each([
    // Wilson, 0 of 5 at 95 %: .4345 of the patients may be unlike these.
    ['all overridden, of at most 1', 1, 1, 0.5655, 1],
    ['equal costs, of at most 30', 12, 30, 6.786, 19.821],
    ['the dearest cost', 30, 30, 16.965, 30],
  ])('is not sure of what five patients have in common: %s', (_, value, worst, lower, upper) => {
    const figure = figureOf(many('2026-01-05', Array(5).fill(value)), worst);
    expect(figure?.mean).toBe(value);
    expect(figure?.lower).toBeCloseTo(lower, 2);
    expect(figure?.upper).toBeCloseTo(upper, 2);
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
    expect(weeks).toMatchObject({ cases: 24, patients: 24, fields: 24 });
  });
});
