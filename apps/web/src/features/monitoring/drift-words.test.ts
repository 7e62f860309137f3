import { DRIFT_QUANTITIES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { axisWords, binWords, INPUTS, OUTPUTS, seriesText, statisticText } from './drift-words.ts';
import type { Finding, WatchedSeries } from './types.ts';

const FINDING: Finding = {
  quantity: 'cells',
  state: 'steady',
  statistic: 'ks',
  value: 0.2,
  threshold: 0.5,
  psi: 0.1,
  referenceCases: 40,
  windowCases: 20,
  bins: [],
};
const bin = (name: string | null, upTo: number | null) => ({ name, upTo, reference: 0.5, window: 0.5 });

describe('what is watched', () => {
  it('is shown, all of it', () => {
    expect([...INPUTS, ...OUTPUTS].sort()).toEqual([...DRIFT_QUANTITIES].sort());
  });

  it.each<[Partial<Finding>, string]>([
    [{}, 'KS 0.20, alarm above 0.50'],
    [{ statistic: 'psi', value: 1.234 }, 'PSI 1.23, alarm above 0.50'],
    [{ value: null, threshold: null, state: 'too-few-cases' }, 'not judged'],
  ])('states its statistic: %j', (change, text) => {
    expect(statisticText({ ...FINDING, ...change })).toBe(text);
  });

  it('names its bins', () => {
    const numbers = [bin(null, -0.25), bin(null, 0.5), bin(null, null)];
    expect(numbers.map((_, i) => binWords(numbers, i, 'background-red'))).toEqual([
      'up to \u22120.25',
      'up to 0.50',
      'above 0.50',
    ]);
    expect(axisWords(numbers, 'background-red')).toEqual(['\u2264 \u22120.25', '> 0.50']);
    expect(binWords([bin(null, null)], 0, 'cells')).toBe('all');
    const stages = [bin('Benign', null), bin('not assessable', null)];
    expect(binWords(stages, 1, 'stage')).toBe('not assessable');
    expect(axisWords(stages, 'stage')).toEqual(['Benign', 'n. a.']);
  });

  it.each<[Partial<WatchedSeries>, string]>([
    [{}, 'Reference: 12 of the first 40 analysed cases.'],
    [{ series: 'read' }, 'Reference: 12 of the first 40 read cases.'],
    [
      { referenceAt: '2026-01-01T00:00:00Z', needed: 20 },
      'Reference complete. 12 of 20 analysed cases towards the next window.',
    ],
    [
      {
        referenceAt: '2026-01-01T00:00:00Z',
        needed: 20,
        latest: { number: 3, cases: 20, judgedAt: '2026-01-02T00:00:00Z' },
      },
      'Window 3, 20 analysed cases. 12 of 20 analysed cases towards the next window.',
    ],
  ])('says how far it is: %j', (change, text) => {
    const series = { series: 'analysed', referenceAt: null, waiting: 12, needed: 40, latest: null } as const;
    expect(seriesText({ ...series, ...change })).toBe(text);
  });
});
