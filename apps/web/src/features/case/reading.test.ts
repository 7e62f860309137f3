import { describe, expect, it } from 'vitest';
import { asItStands, disagrees, EMPTY_READING, finish, type ReadingDraft } from './reading.ts';

const draft = (change: Partial<ReadingDraft>): ReadingDraft => ({ ...EMPTY_READING, ...change });

describe('disagrees', () => {
  it.each([
    ['Pro', 'Pro', false],
    ['Pro', 'Benign', true],
    ['not-assessable', null, false],
    ['not-assessable', 'Pre', true],
    ['Pre', null, true],
    ['Pre', undefined, false],
    [undefined, 'Pre', false],
  ] as const)('reading %s, answer %s: %s', (reading, answer, expected) =>
    expect(disagrees(reading, answer)).toBe(expected),
  );
});

describe('finish', () => {
  it.each([
    [draft({}), 'reading', 'Say what the field shows.'],
    [draft({ reading: 'Pro' }), 'certainty', 'Say how sure you are.'],
    [
      draft({ reading: 'Pro', certainty: 'sure' }),
      'severity',
      "Say how much the model's error would have mattered.",
    ],
  ])('asks for what is missing', (form, question, missing) =>
    expect(finish(form, 'Benign')).toEqual({ missing, question }),
  );

  it('needs no severity where reader and model agree, and drops one chosen before', () =>
    expect(finish(draft({ reading: 'Pro', certainty: 'sure', severity: 'critical' }), 'Pro')).toEqual({
      correction: {
        stage: 'Pro',
        certainty: 'sure',
        confirmedBy: 'morphology',
        severity: 'none',
        comment: '',
      },
    }));

  it('carries the severity of an error', () =>
    expect(
      finish(draft({ reading: 'Pro', certainty: 'probable', severity: 'critical' }), 'Benign'),
    ).toMatchObject({
      correction: { stage: 'Pro', severity: 'critical' },
    }));

  it('records "not assessable" as no stage', () =>
    expect(finish(draft({ reading: 'not-assessable', certainty: 'sure' }), undefined)).toMatchObject({
      correction: { stage: null, severity: 'none' },
    }));
});

describe('asItStands', () => {
  const own = {
    stage: null,
    certainty: 'unsure',
    confirmedBy: 'genetics',
    severity: 'minor',
    comment: 'said before',
    decisionId: 'shown',
  } as const;
  const said = { certainty: 'unsure', confirmedBy: 'genetics', comment: 'said before' } as const;
  it.each([
    [own, 'Pro', { ...said, reading: 'not-assessable', severity: 'minor' }],
    [undefined, 'Pro', { reading: 'Pro' }],
    [undefined, null, { reading: 'not-assessable' }],
    [undefined, undefined, null],
  ] as const)('own reading %j, answer %j', (before, answer, expected) =>
    expect(asItStands(before, answer, 'shown')).toEqual(expected),
  );

  it.each([
    ['blind, with the AI off or before the analysis', null],
    ['on another decision', 'another'],
  ])('asks how harmful the error is of who has read %s', (_, decisionId) => {
    const stands = asItStands({ ...own, stage: 'Pre', severity: 'none', decisionId }, 'Pro', 'shown');
    expect(finish(draft(stands ?? {}), 'Pro')).toEqual({
      missing: "Say how much the model's error would have mattered.",
      question: 'severity',
    });
    expect(finish(draft({ ...stands, severity: 'critical' }), 'Pro')).toMatchObject({
      correction: { stage: 'Pre', severity: 'critical', comment: 'said before' },
    });
  });

  it('still asks how sure a reader is who has read nothing yet', () =>
    expect(finish(draft(asItStands(undefined, 'Pro', 'shown') ?? {}), 'Pro')).toEqual({
      missing: 'Say how sure you are.',
      question: 'certainty',
    }));
});
