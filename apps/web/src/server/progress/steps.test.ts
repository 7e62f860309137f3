import { describe, expect, it } from 'vitest';
import { courseOf, scoreCases } from './steps.ts';

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
