import { describe, expect, it } from 'vitest';
import { costUnit, figureText, flipsText, sampleText, shareUnit } from './progress-words.ts';

describe('the figures of progress', () => {
  it('come with their interval, or say that the cases are too few', () => {
    expect(figureText({ mean: 120.4, lower: 80.52, upper: 163 }, costUnit)).toBe('120 (80.5 to 163)');
    expect(figureText({ mean: 0.0512, lower: 0, upper: 0.1 }, shareUnit)).toBe('5.1 % (0.0 % to 10.0 %)');
    expect(figureText(null, costUnit)).toBe('too few cases');
  });

  it('say what they rest on', () => {
    const course = { cases: 4, fields: 9, overall: null, steps: [] };
    expect(sampleText(course, 'in the sample', 5)).toBe(
      'Too few: 4 cases in the sample, 9 fields; a figure needs at least 5 cases.',
    );
    expect(sampleText({ ...course, cases: 12 }, 'in the sample', 5)).toBe(
      '12 cases in the sample, 9 fields.',
    );
    expect(flipsText({ readAgain: 0, flipped: 0 })).toBe('No blind reading was repeated with the AI shown.');
    expect(flipsText({ readAgain: 1, flipped: 1 })).toBe(
      '1 of 1 blind reading changed when repeated with the AI shown.',
    );
  });
});
