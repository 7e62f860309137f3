import { describe, expect, it } from 'vitest';
import { cellSentence, scaleSentence, setSentence, signed } from './evidence-words.ts';

describe('setSentence', () => {
  it.each([
    [null, null],
    [['Pro'], 'Only Pro fits'],
    [['Early', 'Pre'], 'Cannot rule out: Early, Pre'],
  ] as const)('%j: %s', (set, sentence) => expect(setSentence(set)).toBe(sentence));
});

describe('signed', () => {
  it.each([
    [2.104, '+2.10'],
    [-1.4, '\u22121.40'],
    [-0.004, '0.00'],
    [0.004, '0.00'],
    [0, '0.00'],
  ])('%d: %s', (value, text) => expect(signed(value)).toBe(text));
});

describe('cellSentence', () => {
  it.each([
    [
      { Benign: -1.44, Early: 2.06, Pre: 0.3, Pro: -0.92 },
      'Speaks for Early (+2.06), against Benign (\u22121.44).',
    ],
    [{ Benign: 0.6, Early: 0.01, Pre: 0.02, Pro: 0 }, 'Speaks for Benign (+0.60).'],
    [{ Benign: 0, Early: 0.01, Pre: -0.01, Pro: 0 }, 'Says little for or against any stage.'],
    [null, 'The model does not say what this cell adds.'],
  ])('%j: %s', (contributions, sentence) => expect(cellSentence({ contributions })).toBe(sentence));
});

describe('scaleSentence', () => {
  it.each([
    [{ factor: 1, source: 'training', tiles: 1 }, 'Read at its own size (that of the training fields)'],
    [
      { factor: 0.421, source: 'estimated', tiles: 36 },
      'Read at 0.42 × its size (estimated from the cells found), in 36 parts',
    ],
    [{ factor: 2, source: 'given', tiles: 1 }, 'Read at 2.00 × its size (as given at submission)'],
  ] as const)('%j: %s', (scale, sentence) => expect(scaleSentence(scale)).toBe(sentence));
});
