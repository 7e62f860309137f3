import { describe, expect, it } from 'vitest';
import { costText, percent, points, topStage } from './stages.ts';

describe('percent', () => {
  it.each([
    [0, '0.0 %'],
    [0.0004, '<0.1 %'],
    [0.25, '25.0 %'],
    [0.9949, '99.5 %'],
    [0.99996, '>99.9 %'],
    [1, '100.0 %'],
  ])('%f reads %s', (probability, text) => expect(percent(probability)).toBe(text));
});

describe('points', () => {
  it.each([
    [0, '0.0 points'],
    [0.0004, '<0.1 points'],
    [0.992, '99.2 points'],
    [0.99996, '>99.9 points'],
  ])('%f reads %s', (difference, text) => expect(points(difference)).toBe(text));
});

describe('costText', () => {
  it.each([
    [0, '0.00'],
    [0.0003, '<0.01'],
    [2.346, '2.35'],
    [12.34, '12.3'],
    [1234.5, '1235'],
  ])('%f reads %s', (cost, text) => expect(costText(cost)).toBe(text));
});

describe('topStage', () => {
  it('takes the highest', () =>
    expect(topStage({ Benign: 0.1, Early: 0.2, Pre: 0.6, Pro: 0.1 })).toBe('Pre'));
  it('takes the earlier of a tie', () =>
    expect(topStage({ Benign: 0.1, Early: 0.4, Pre: 0.4, Pro: 0.1 })).toBe('Early'));
});
