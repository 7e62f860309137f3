import { STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { changesAnything, countLines, draftFrom, evidenceText, posteriorText } from './learned-words.ts';
import type { LearnedCell, LearnedCosts } from './types.ts';

const CELL: LearnedCell = {
  actual: 'Early',
  predicted: 'Benign',
  active: 10,
  proposed: 12.5,
  posterior: 80 / 6,
  interval: { lower: 4.68, upper: 21.99 },
  evidence: 1,
  judgements: 2,
  fields: 1,
};
const LEFT_OUT = { 'not-assessable': 0, 'other-stage': 0, 'no-result': 0, deferred: 0, 'no-answer': 0 };
const LEARNED: LearnedCosts = {
  active: { id: '0198a1b2-0000-7000-8000-000000000001', version: 3 },
  costs: STUDY_COSTS,
  cells: [CELL],
  counts: { used: 2, fields: 1, skipped: 0, leftOut: LEFT_OUT },
  warnings: [],
};

describe('what a cell rests on', () => {
  it('names the estimate with its interval and the evidence', () => {
    expect(posteriorText(CELL)).toBe('heads for 13.3 (4.68 to 22.0)');
    expect(evidenceText(CELL)).toBe('2 judgements on 1 field, weight 1.00');
  });

  it('says that nothing is known', () => {
    expect(evidenceText({ ...CELL, evidence: 0, judgements: 0, fields: 0 })).toBe('no evidence: kept');
  });
});

describe('which readings count', () => {
  it('is said of those that there are, and of no others', () => {
    expect(countLines({ used: 0, fields: 0, skipped: 0, leftOut: LEFT_OUT })).toEqual([]);
    expect(
      countLines({ used: 1, fields: 1, skipped: 1, leftOut: { ...LEFT_OUT, deferred: 3, 'other-stage': 1 } }),
    ).toEqual([
      '1 judgement on 1 field counts.',
      'Not counted: 1 reading agreed with the decision, so there was no error.',
      'Not counted: 1 reading named another stage than the settled one.',
      'Not counted: 3 readings saw a deferred field, of which no severity is asked.',
    ]);
  });
});

describe('the draft', () => {
  it('says where it comes from and what it was computed against', () => {
    expect(draftFrom(LEARNED)).toEqual({
      activeId: LEARNED.active.id,
      costs: STUDY_COSTS,
      name: 'From readers\u2019 judgements',
      reason: 'Starts from costs computed from 2 judgements on 1 field, one step from version 3.',
    });
  });

  it('is offered only where it differs', () => {
    expect(changesAnything(LEARNED)).toBe(true);
    expect(changesAnything({ ...LEARNED, cells: [{ ...CELL, proposed: 10 }] })).toBe(false);
  });
});
