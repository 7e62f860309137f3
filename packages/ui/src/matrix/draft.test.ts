import { describe, expect, it } from 'vitest';
import { cellWords, checkDraft, costChanges, toDraft, withCell } from './draft.ts';

const study = {
  matrix: [
    [0, 10, 20, 30],
    [10, 0, 15, 25],
    [20, 15, 0, 10],
    [30, 25, 10, 0],
  ],
  referralCost: 2.5,
};

it('says the orientation in words: rows are the truth', () =>
  expect(cellWords(3, 0)).toBe('truly Pro, called Benign'));

describe('checkDraft', () => {
  it('gives back what was drafted', () => expect(checkDraft(toDraft(study)).costs).toEqual(study));
  it('reads a decimal comma', () =>
    expect(checkDraft(withCell(toDraft(study), 3, 0, ' 90,5 ')).costs?.matrix[3]?.[0]).toBe(90.5));
  it('keeps the diagonal at 0', () =>
    expect(checkDraft(withCell(toDraft(study), 2, 2, '7')).costs?.matrix[2]?.[2]).toBe(0));

  it.each([
    ['', 'The cost of truly Pro, called Benign is missing.'],
    ['x', 'The cost of truly Pro, called Benign is not a number.'],
    ['-1', 'The cost of truly Pro, called Benign cannot be negative.'],
    ['2e6', 'The cost of truly Pro, called Benign cannot exceed 1,000,000.'],
  ])('refuses "%s" with a sentence', (text, message) => {
    const check = checkDraft(withCell(toDraft(study), 3, 0, text));
    expect(check.costs).toBeNull();
    expect([...check.errors]).toEqual([['3-0', message]]);
  });

  it('refuses a missing referral cost', () =>
    expect(checkDraft({ ...toDraft(study), referralCost: '' }).errors.get('referral')).toContain(
      'is missing',
    ));
  it('refuses a matrix in which nothing costs anything', () =>
    expect(
      checkDraft(toDraft({ matrix: study.matrix.map((r) => r.map(() => 0)), referralCost: 1 })).costs,
    ).toBeNull());
});

describe('costChanges', () => {
  it('is empty for equal costs', () => expect(costChanges(study, study)).toEqual([]));
  it('names the cell by truth and answer', () => {
    const to = checkDraft(withCell({ ...toDraft(study), referralCost: '4' }, 3, 0, '90')).costs;
    expect(to && costChanges(study, to)).toEqual([
      { actual: 'Pro', predicted: 'Benign', from: 30, to: 90 },
      { actual: null, predicted: null, from: 2.5, to: 4 },
    ]);
  });
});
