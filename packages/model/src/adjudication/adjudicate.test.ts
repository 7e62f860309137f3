import type { AdjudicationPolicy } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { adjudicate, type Reading } from './adjudicate.ts';

const says = (stage: Reading['stage'], more: Partial<Reading> = {}): Reading => ({
  readerRole: 'clinician',
  stage,
  confirmedBy: 'morphology',
  severity: 'moderate',
  ...more,
});
const flow = { confirmedBy: 'flow-cytometry' } as const;
const senior = { readerRole: 'senior' } as const;
const critical = { severity: 'critical' } as const;
const CRITICAL_ALONE: AdjudicationPolicy = { seniorDecides: ['critical'] };

describe('adjudicate', () => {
  it.each<[string, Reading[], ReturnType<typeof adjudicate>]>([
    ['nobody has read', [], { status: 'open' }],
    ['one reader by morphology', [says('Pre')], { status: 'open' }],
    ['one reader by cytochemistry', [says('Pre', { confirmedBy: 'cytochemistry' })], { status: 'open' }],
    [
      'one reader by flow cytometry',
      [says('Pre', flow)],
      { status: 'adjudicated', stage: 'Pre', by: 'confirmation' },
    ],
    [
      'one reader by genetics',
      [says('Pro', { confirmedBy: 'genetics' })],
      { status: 'adjudicated', stage: 'Pro', by: 'confirmation' },
    ],
    ['two agree', [says('Early'), says('Early')], { status: 'adjudicated', stage: 'Early', by: 'agreement' }],
    [
      'two agree that it cannot be assessed',
      [says(null), says(null)],
      { status: 'adjudicated', stage: null, by: 'agreement' },
    ],
    ['two disagree', [says('Early'), says('Pre')], { status: 'disputed', why: 'disagreement' }],
    [
      'one names a stage, one cannot assess',
      [says('Early'), says(null)],
      { status: 'disputed', why: 'disagreement' },
    ],
    [
      'two agree, a third does not',
      [says('Early'), says('Early'), says('Pre')],
      { status: 'disputed', why: 'disagreement' },
    ],
    [
      'flow cytometry against two by morphology',
      [says('Early'), says('Early'), says('Pre', flow)],
      { status: 'adjudicated', stage: 'Pre', by: 'confirmation' },
    ],
    [
      'flow cytometry against genetics',
      [says('Pre', flow), says('Pro', { confirmedBy: 'genetics' })],
      { status: 'disputed', why: 'disagreement' },
    ],
    [
      'a senior against two',
      [says('Early'), says('Early'), says('Pre', senior)],
      { status: 'adjudicated', stage: 'Pre', by: 'senior' },
    ],
    [
      'the later of two seniors',
      [says('Early', senior), says('Pre', senior)],
      { status: 'adjudicated', stage: 'Pre', by: 'senior' },
    ],
    [
      'two agree that the error was critical',
      [says('Early', critical), says('Early')],
      { status: 'disputed', why: 'severity' },
    ],
    [
      'flow cytometry, a critical error',
      [says('Pre', { ...flow, ...critical })],
      { status: 'disputed', why: 'severity' },
    ],
    [
      'a senior on a critical error',
      [says('Early', critical), says('Pre', senior)],
      { status: 'adjudicated', stage: 'Pre', by: 'senior' },
    ],
  ])('%s', (_, readings, expected) => {
    expect(adjudicate(readings, CRITICAL_ALONE)).toEqual(expected);
  });

  it('sends to a senior what the policy says', () => {
    const readings = [says('Early', { severity: 'serious' }), says('Early')];
    expect(adjudicate(readings, { seniorDecides: ['serious'] }).status).toBe('disputed');
    expect(adjudicate([says('Pre', { ...flow, ...critical })], { seniorDecides: [] }).status).toBe(
      'adjudicated',
    );
  });
});
