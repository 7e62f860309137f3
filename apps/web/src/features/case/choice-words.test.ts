import { describe, expect, it } from 'vitest';
import { answerText, doubtText } from './choice-words.ts';

const choice = { first: 'Benign', second: 'Early', answer: null } as const;

describe('the question under doubt', () => {
  it.each([
    [{ Benign: 0.45, Early: 0.55, Pre: 0, Pro: 0 }, '55.0 % Early and 45.0 % Benign'],
    [{ Benign: 0.64, Early: 0.3, Pre: 0.06, Pro: 0 }, '64.0 % Benign and 30.0 % Early'],
  ])('names the two stages, the likelier first', (probabilities, words) => {
    expect(doubtText(choice, probabilities)).toBe(`To the model this field is ${words}.`);
  });

  it('names the error that each decision risks', () => {
    expect(answerText(choice)).toEqual({
      first: 'Call a truly Early field Benign',
      second: 'Call a truly Benign field Early',
      'no-preference': 'No preference',
    });
  });
});
