import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { asAssignments, toNumbersFor } from './assignments.ts';

const read = toNumbersFor(['sure', 'flow-cytometry']);

describe('toNumbersFor', () => {
  it.each([
    ['sure=1', { sure: 1 }],
    ['flow-cytometry=2.5,sure=0', { 'flow-cytometry': 2.5, sure: 0 }],
    [' sure = 1 , flow-cytometry = 1e2 ', { sure: 1, 'flow-cytometry': 100 }],
    ['sure=-1', { sure: -1 }],
  ])('reads %j', (text, numbers) => {
    expect(read(text)).toEqual(numbers);
  });

  it.each([
    '',
    'sure',
    'sure=',
    'sure=x',
    'sure=Infinity',
    'odd=1',
    'toString=1',
    'sure=1,',
    'sure=1;flow-cytometry=2',
    'sure=1,sure=2',
  ])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(InvalidArgumentError);
  });

  it('reads what asAssignments writes', () => {
    const numbers = { sure: 0.25, 'flow-cytometry': 2 };
    expect(read(asAssignments(numbers))).toEqual(numbers);
  });
});
