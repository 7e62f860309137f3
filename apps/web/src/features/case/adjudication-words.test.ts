import { describe, expect, it } from 'vitest';
import { adjudicationWords, type Standing, standingStage } from './adjudication-words.ts';
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

describe('standingStage', () => {
  const decided = (defer: boolean): Standing['result'] => ({ decision: { stage: 'Early', defer } });
  it.each<[string, Standing, string | null]>([
    ['nothing yet', { adjudication: null, corrections: [], result: null }, null],
    ['answered', { adjudication: null, corrections: [], result: decided(false) }, 'Early'],
    ['deferred', { adjudication: null, corrections: [], result: decided(true) }, null],
    [
      'read, whatever was deferred',
      { adjudication: { status: 'open' }, corrections: [{ stage: 'Pre' }], result: decided(true) },
      'Pre',
    ],
    [
      'settled',
      {
        adjudication: { status: 'adjudicated', stage: 'Pro', by: 'senior' },
        corrections: [{ stage: 'Pre' }],
        result: decided(false),
      },
      'Pro',
    ],
  ])('%s', (_, standing, stage) => expect(standingStage(standing)).toBe(stage));
});
