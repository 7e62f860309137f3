import { describe, expect, it } from 'vitest';
import { intervalText, kappaText } from './kappa-text.ts';

describe('the figures of agreement', () => {
  it.each([
    [0.6, '0.60'],
    [-0.251, '\u22120.25'],
    [-0.001, '0.00'],
    [null, 'not defined'],
  ])('kappa %s: %s', (kappa, text) => expect(kappaText(kappa)).toBe(text));

  it('gives an interval in words', () => {
    expect(intervalText({ lower: -0.1, upper: 0.5 })).toBe('\u22120.10 to 0.50');
    expect(intervalText('too-few')).toBe('too few patients');
    expect(intervalText('too-uniform')).toBe('too uniform to tell');
  });
});
