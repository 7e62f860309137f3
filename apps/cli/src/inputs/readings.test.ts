import { describe, expect, it } from 'vitest';
import { readReadings } from './readings.ts';

const ID = '01980000-0000-7000-8000-00000000000a';
const HEADER = 'field,reader,stage,certainty,confirmedBy';
const ROW = `${ID},ann@lab.example,Pre,sure,genetics`;
const CORRECTION = {
  stage: 'Pre',
  certainty: 'sure',
  confirmedBy: 'genetics',
  severity: 'none',
  comment: '',
};

describe('readReadings', () => {
  it.each<[string, string, object]>([
    ['the least', `${HEADER}\n${ROW}\n`, {}],
    ['capitals where they say nothing', `${HEADER}\n${ROW.replace(ID, ID.toUpperCase())}\n`, {}],
    ['an address in capitals', `${HEADER}\n${ROW.replace('ann', 'Ann')}`, {}],
    ['a byte order mark, CRLF and empty lines', `\uFEFF${HEADER}\r\n\r\n${ROW}\r\n`, { row: 3 }],
    [
      'not assessable',
      `${HEADER}\n${ROW.replace('Pre', 'not-assessable')}`,
      { correction: { ...CORRECTION, stage: null } },
    ],
    [
      'a file name with a comma',
      `file,reader,stage,certainty,confirmedBy\n"a, b.png",ann@lab.example,Pre,sure,genetics`,
      { field: { file: 'a, b.png' } },
    ],
    [
      'a digest',
      `sha256,reader,stage,certainty,confirmedBy\n${'A1'.repeat(32)},ann@lab.example,Pre,sure,genetics`,
      { field: { sha256: 'a1'.repeat(32) } },
    ],
    [
      'an error and its harm',
      `${HEADER},predicted,severity,comment\n${ROW},Benign,serious,"Two lines,\nquoted"`,
      {
        predicted: 'Benign',
        correction: { ...CORRECTION, severity: 'serious', comment: 'Two lines,\nquoted' },
      },
    ],
    ['a right answer', `${HEADER},predicted,severity\n${ROW},Pre,\n`, { predicted: 'Pre' }],
  ])('reads %s', (_, text, change) => {
    const reading = {
      row: 2,
      field: { id: ID },
      reader: 'ann@lab.example',
      predicted: null,
      correction: CORRECTION,
    };
    expect(readReadings(text)).toEqual({ readings: [{ ...reading, ...change }], problems: [] });
  });

  const header = { row: 1, sentence: expect.stringMatching(/^Name these columns, .*, comment\.$/) };
  const judged = `${HEADER},predicted,severity`;
  it.each<[string, string, object]>([
    ['nothing', '', header],
    ['no header', ROW, header],
    ['semicolons', `${HEADER.replaceAll(',', ';')}\n`, header],
    ['no field', 'reader,stage,certainty,confirmedBy\n', header],
    ['a field named twice over', `file,${HEADER}\n`, header],
    ['a column twice', `${HEADER},stage\n`, header],
    ['a column of the patient', `${HEADER},patient\n`, header],
    ['a name of every object', `${HEADER},constructor\n`, header],
    ['a value missing', `${HEADER}\n${ID},ann@lab.example`, { sentence: 'There are 2 values instead of 5.' }],
    [
      'a field that is none',
      `${HEADER}\nMiller,ann@lab.example,Pre,sure,genetics`,
      { column: 'field', sentence: 'Give the identifier of a field.' },
    ],
    [
      'a reader without address',
      `${HEADER}\n${ID},Ann,Pre,sure,genetics`,
      { column: 'reader', sentence: 'Give a valid e-mail address.' },
    ],
    [
      'a stage that is none',
      `${HEADER}\n${ROW.replace('Pre', 'pre')}`,
      { column: 'stage', sentence: 'Give one of Benign, Early, Pre, Pro, not-assessable.' },
    ],
    [
      'no certainty',
      `${HEADER}\n${ROW.replace('sure', '')}`,
      { column: 'certainty', sentence: 'Give one of sure, probable, unsure.' },
    ],
    ['an unjudged error', `${judged}\n${ROW},Benign,`, { column: 'severity' }],
    ['a judged right answer', `${judged}\n${ROW},Pre,minor`, { column: 'severity' }],
    ['a judgement of no answer', `${judged}\n${ROW},,minor`, { column: 'severity' }],
    [
      'a comment without end',
      `${HEADER},comment\n${ROW},${'x'.repeat(2001)}`,
      { column: 'comment', sentence: 'Keep the comment under 2,000 characters.' },
    ],
  ])('refuses %s in one sentence', (_, text, problem) => {
    expect(readReadings(text)).toEqual({
      readings: [],
      problems: [{ row: 2, sentence: expect.stringMatching(/^[A-Z].*\.$/), ...problem }],
    });
  });

  it('names every bad row, and nothing that stood in one', () => {
    const { readings, problems } = readReadings(
      `${HEADER}\n${ROW}\nMiller,ann@lab.example,Pre,sure,genetics\n\n${ID},Miller,Pre,sure,genetics\n${ID},Miller\n`,
    );
    expect(readings).toHaveLength(1);
    expect(problems.map(({ row }) => row)).toEqual([3, 5, 6]);
    expect(JSON.stringify(problems)).not.toContain('Miller');
  });
});
