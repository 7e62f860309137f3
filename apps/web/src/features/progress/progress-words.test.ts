import { describe, expect, it } from 'vitest';
import {
  agreementText,
  costUnit,
  drawnText,
  figureText,
  flipsText,
  sampleText,
  shareUnit,
  trendText,
} from './progress-words.ts';

describe('the figures of progress', () => {
  it('come with their interval, or say that the patients are too few', () => {
    expect(figureText({ mean: 120.4, lower: 80.52, upper: 163 }, costUnit)).toBe('120 (80.5 to 163)');
    expect(figureText({ mean: 0.0512, lower: 0, upper: 0.1 }, shareUnit)).toBe('5.1 % (0.0 % to 10.0 %)');
    expect(figureText(null, costUnit)).toBe('too few patients');
  });

  it('say what they rest on', () => {
    const course = { cases: 4, patients: 3, fields: 9, overall: null, steps: [] };
    expect(sampleText(course, 'in the sample', 5)).toBe(
      'Too few: 4 cases of 3 patients in the sample, 9 fields; a figure needs at least 5 patients.',
    );
    expect(sampleText({ ...course, cases: 12, patients: 5 }, 'in the sample', 5)).toBe(
      '12 cases of 5 patients in the sample, 9 fields.',
    );
    expect(drawnText({ drawn: 12, read: 7 })).toBe('12 cases drawn for blind review, 7 read.');
    expect(agreementText(null)).toBe('No field was read by two readers.');
    expect(
      agreementText({
        fields: 40,
        patients: 20,
        observed: 0.9,
        kappa: 0.85,
        interval: { lower: 0.7, upper: 0.95 },
      }),
    ).toBe(
      'Readers agree on 90.0 % of 40 pairs of readings; Cohen’s kappa 0.85 (95 % interval: 0.70 to 0.95).',
    );
    expect(flipsText({ readAgain: 0, flipped: 0 })).toBe('No blind reading was repeated with the AI shown.');
    expect(flipsText({ readAgain: 1, flipped: 1 })).toBe(
      '1 of 1 blind reading changed when repeated with the AI shown.',
    );
  });

  it.each([
    [
      'better',
      { mean: -120, lower: -200, upper: -40 },
      'Yes. The later half of the blind cases, read since 3 Mar, cost 120 less per 100 cases than the earlier half (95 % interval: 200 less to 40.0 less).',
    ],
    [
      'worse',
      { mean: 12, lower: 1, upper: 20 },
      'No, it is getting worse. The later half of the blind cases, read since 3 Mar, cost 12.0 more per 100 cases than the earlier half (95 % interval: 1.0 more to 20.0 more).',
    ],
    [
      'cannot-tell',
      { mean: -12, lower: -40, upper: 16 },
      'Nobody can tell yet. The later half of the blind cases, read since 3 Mar, cost 12.0 less per 100 cases than the earlier half (95 % interval: 40.0 less to 16.0 more).',
    ],
  ] as const)('answer the question: %s', (verdict, difference, text) => {
    expect(trendText({ since: '2026-03-03T10:00:00Z', difference, verdict }, 5)).toBe(text);
  });

  it('do not answer it from too few patients', () => {
    expect(trendText(null, 5)).toBe(
      'Nobody can tell yet. Each half of the cases read in blind review needs at least 5 patients.',
    );
  });
});
