import { DEFAULT_COST_WEIGHTS, MATURITY_STAGES, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import {
  changesAnything,
  choiceLines,
  chosenText,
  countLines,
  draftFrom,
  evidenceText,
  posteriorText,
} from './learned-words.ts';
import { toggled } from './taken-cells.ts';
import type { LearnedCell, LearnedCosts, TakenCells } from './types.ts';

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
  chosen: { cost: 11.80431, interval: { lower: 2.9, upper: 20.71 }, learned: 0.2 },
};
const LEFT_OUT = {
  'settled-not-assessable': 0,
  'not-assessable': 0,
  'other-stage': 0,
  'no-result': 0,
  deferred: 0,
  'no-answer': 0,
};
const LEARNED: LearnedCosts = {
  active: { id: '0198a1b2-0000-7000-8000-000000000001', version: 3 },
  costs: STUDY_COSTS,
  weights: DEFAULT_COST_WEIGHTS,
  cells: [CELL],
  counts: { used: 2, fields: 1, skipped: 0, leftOut: LEFT_OUT },
  choices: {
    answers: 20,
    withoutPreference: 1,
    readers: 2,
    foretold: { right: 15, of: 19, interval: { lower: 0.567, upper: 0.915 } },
  },
};
const NONE: TakenCells = new Set();
const ONE = toggled(NONE, CELL);

describe('what a cell rests on', () => {
  it('names the estimate with its interval and the evidence', () => {
    expect(posteriorText(CELL)).toBe('heads for 13.3 (4.68 to 22.0)');
    expect(evidenceText(CELL)).toBe('2 judgements on 1 field, weight 1.00');
  });

  it('says that nothing is known', () => {
    expect(evidenceText({ ...CELL, evidence: 0, judgements: 0, fields: 0 })).toBe('no judged error: kept');
  });
});

describe('which readings count', () => {
  it('is said of those that there are, and of no others', () => {
    expect(countLines({ used: 0, fields: 0, skipped: 0, leftOut: LEFT_OUT })).toEqual([]);
    expect(
      countLines({
        ...{ used: 1, fields: 1, skipped: 1 },
        leftOut: { ...LEFT_OUT, deferred: 3, 'other-stage': 1, 'settled-not-assessable': 2 },
      }),
    ).toEqual([
      '1 judgement on 1 field counts.',
      'Not counted: 1 reading agreed with the decision, so there was no error.',
      'Not counted: 2 readings saw a field that was settled as not assessable.',
      'Not counted: 1 reading named another stage than the settled one.',
      'Not counted: 3 readings saw a deferred field, of which no severity is asked.',
    ]);
  });
});

describe('what choices say', () => {
  it('is an estimate with its interval, beside how many there are and how they hang together', () => {
    expect(CELL.chosen && chosenText(CELL.chosen)).toBe('choices say 11.8 (2.90 to 20.7)');
    expect(choiceLines(LEARNED.choices)).toEqual([
      '20 choices by 2 readers, 1 of them without preference.',
      'The other answers foretell 15 of 19 rightly: 79 % (57 % to 92 %), where a coin has 50 %.',
    ]);
  });

  const coin = 'They are not shown to be better than a coin: give what they say little weight.';
  it.each<{ name: string; choices: LearnedCosts['choices']; lines: string[] }>([
    {
      name: 'nothing without any',
      choices: { answers: 0, withoutPreference: 0, readers: 0, foretold: null },
      lines: [],
    },
    {
      name: 'little where nobody prefers anything',
      choices: { answers: 1, withoutPreference: 1, readers: 1, foretold: null },
      lines: ['1 choice by 1 reader, 1 of them without preference.', coin],
    },
    {
      name: 'little from one answer, which no other foretells',
      choices: {
        answers: 1,
        withoutPreference: 0,
        readers: 1,
        foretold: { right: 1, of: 1, interval: { lower: 0.207, upper: 1 } },
      },
      lines: ['1 choice by 1 reader.', coin],
    },
    {
      name: 'little where a coin would do as well',
      choices: {
        answers: 4,
        withoutPreference: 0,
        readers: 1,
        foretold: { right: 3, of: 4, interval: { lower: 0.301, upper: 0.954 } },
      },
      lines: [
        '4 choices by 1 reader.',
        'The other answers foretell 3 of 4 rightly: 75 % (30 % to 95 %), where a coin has 50 %.',
        coin,
      ],
    },
  ])('is $name', ({ choices, lines }) => expect(choiceLines(choices)).toEqual(lines));
});

describe('the draft', () => {
  it('says where it comes from and what it was computed against', () => {
    const { matrix } = STUDY_COSTS;
    expect(draftFrom({ ...LEARNED, cells: cellsOf(CELL) }, NONE)).toEqual({
      activeId: LEARNED.active.id,
      costs: { ...STUDY_COSTS, matrix: [matrix[0], [12.5, 0, 15, 25], matrix[2], matrix[3]] },
      name: 'From readers\u2019 judgements',
      reason: 'Starts from costs computed from 2 judgements on 1 field, one step from version 3.',
      computed: { weights: DEFAULT_COST_WEIGHTS, matrix },
      replaces: null,
    });
    const weights = { ...DEFAULT_COST_WEIGHTS, priorStrength: 1 };
    expect(draftFrom({ ...LEARNED, weights, cells: cellsOf(CELL) }, NONE).reason).toMatch(
      /one step from version 3, weighed otherwise than by default\.$/,
    );
  });

  it('takes a cost from choices whole, and says so', () => {
    const draft = draftFrom({ ...LEARNED, cells: cellsOf(CELL) }, ONE);
    expect(draft.costs.matrix[1]).toEqual([11.8, 0, 15, 25]);
    expect(draft.reason).toBe(
      'Starts from costs computed from 2 judgements on 1 field, one step from version 3, with 1 cost taken from 20 choices under doubt.',
    );
    const unjudged = { ...LEARNED, counts: { ...LEARNED.counts, used: 0, fields: 0 }, cells: cellsOf(CELL) };
    expect(draftFrom(unjudged, ONE).reason).toBe(
      'Starts from version 3, with 1 cost taken from 20 choices under doubt.',
    );
    expect(toggled(ONE, CELL)).toEqual(NONE);
  });

  it('is offered only where it differs', () => {
    const same = { ...LEARNED, cells: cellsOf({ ...CELL, proposed: 10 }) };
    expect(changesAnything({ ...LEARNED, cells: cellsOf(CELL) }, NONE)).toBe(true);
    expect(changesAnything(same, NONE)).toBe(false);
    expect(changesAnything(same, ONE)).toBe(true);
  });
});

/** Every cell as founded, but for one. */
const cellsOf = (one: LearnedCell): LearnedCell[] =>
  MATURITY_STAGES.flatMap((actual, a) =>
    MATURITY_STAGES.flatMap((predicted, p) => {
      if (a === p) return [];
      const cost = STUDY_COSTS.matrix[a]?.[p] ?? 0;
      return actual === one.actual && predicted === one.predicted
        ? [one]
        : [{ ...one, actual, predicted, active: cost, proposed: cost, chosen: null }];
    }),
  );
