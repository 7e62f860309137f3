import { describe, expect, it } from 'vitest';
import { adjudicationWords } from './adjudication-words.ts';
import type { CaseField } from './types.ts';

describe('adjudicationWords', () => {
  it.each<[CaseField['adjudication'], string]>([
    [null, 'Not read yet'],
    [{ status: 'open' }, 'Waits for a second reader'],
    [{ status: 'disputed', why: 'disagreement' }, 'Disputed: readers disagree; a senior decides'],
    [{ status: 'disputed', why: null }, 'Disputed; a senior decides'],
    [{ status: 'disputed', why: 'severity' }, 'Disputed: the error is grave; a senior decides'],
    [{ status: 'adjudicated', stage: 'Pre', by: 'agreement' }, 'Settled: Pre, two readers agree'],
    [{ status: 'adjudicated', stage: null, by: 'senior' }, 'Settled: not assessable, a senior decided'],
    [
      { status: 'adjudicated', stage: 'Pro', by: 'confirmation' },
      'Settled: Pro, confirmed by flow cytometry or genetics',
    ],
  ])('%j: %s', (adjudication, words) => expect(adjudicationWords(adjudication)).toBe(words));
});
