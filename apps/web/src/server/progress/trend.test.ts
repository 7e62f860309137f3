import { patientChange } from '@blastwise/model/metrics';
import { expect, it } from 'vitest';
import { scoreCases } from './steps.ts';
import { trendOf } from './trend.ts';

const cases = (...values: number[]) =>
  scoreCases(
    values.map((value, i) => ({
      caseId: `${i}`,
      patient: `${i}`,
      at: new Date(Date.UTC(2026, 0, 1 + i)),
      value,
    })),
  );

it('sets the later half against the earlier one, the odd case with the later', () => {
  const all = cases(40, 41, 42, 43, 44, 10, 11, 12, 13, 14, 15);
  const trend = trendOf(all, 50);
  expect(trend).toEqual({
    since: '2026-01-06T00:00:00.000Z',
    ...patientChange(all.slice(0, 5), all.slice(5), 50),
  });
  expect(trend).toMatchObject({ difference: { mean: 12.5 - 42 }, verdict: 'better' });
});

it('is not told of fewer than five patients in either half', () => {
  expect(trendOf(cases(1, 2, 3, 4, 5, 6, 7, 8, 9), 50)).toBeNull();
  expect(trendOf([], 50)).toBeNull();
});
