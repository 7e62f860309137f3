import { DomainError } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { readCorrections } from './read-corrections.ts';

const HEADER = 'actual,predicted,severity,certainty,confirmedBy';
const MISSED = {
  actual: 'Pro',
  predicted: 'Benign',
  severity: 'critical',
  certainty: 'sure',
  confirmedBy: 'flow-cytometry',
};
const ROW = 'Pro,Benign,critical,sure,flow-cytometry';

describe('readCorrections', () => {
  it.each([
    ['plain lines', `${HEADER}\n${ROW}\n${ROW}\n`, 2],
    ['a last line without an end', `${HEADER}\n${ROW}`, 1],
    ['CRLF and a byte order mark', `\uFEFF${HEADER}\r\n${ROW}\r\n`, 1],
    ['CR alone', `${HEADER}\r${ROW}\r`, 1],
    [
      'quoted values',
      `"actual",predicted,severity,certainty,confirmedBy\n"Pro","Benign",critical,"sure",flow-cytometry`,
      1,
    ],
    [
      'other columns first',
      'confirmedBy,severity,predicted,actual,certainty\nflow-cytometry,critical,Benign,Pro,sure',
      1,
    ],
    ['empty lines', `${HEADER}\n\n${ROW}\n\n`, 1],
    ['a header alone', HEADER, 0],
  ])('reads %s', (_name, text, count) => {
    expect(readCorrections(text)).toEqual(Array.from({ length: count }, () => MISSED));
  });

  it('passes over what an export is for', () => {
    const text = `${HEADER},notice\n${ROW},"research use, not for diagnosis"\n`;
    expect(readCorrections(text)).toEqual([MISSED]);
  });

  it('reads which rows judge one error, and that some name no field', () => {
    const text = `field,${HEADER}\n17,${ROW}\n17,${ROW}\n,${ROW}\n`;
    expect(readCorrections(text)).toEqual([{ ...MISSED, field: '17' }, { ...MISSED, field: '17' }, MISSED]);
  });

  const allColumns =
    /^Row 1 must name these columns, each once and no other: actual, .*, confirmedBy, and field where it is known; it reads "/;
  it.each([
    ['nothing', '', allColumns],
    ['no header', ROW, allColumns],
    ['a column missing', 'actual,predicted,severity,certainty\n', allColumns],
    ['a column twice', `${HEADER},actual\n`, allColumns],
    ['a column too many', `${HEADER},toString\n`, allColumns],
    ['a field named twice', `field,${HEADER},field\n`, allColumns],
    [
      'a severity that is none',
      `${HEADER}\n${ROW}\n\nPro,Benign,grave,sure,genetics\n`,
      'Row 4, column severity: "grave" is none of none, minor, moderate, serious, critical.',
    ],
    [
      'a stage that is none',
      `${HEADER}\nNormal,Benign,minor,sure,genetics\n`,
      'Row 2, column actual: "Normal" is none of Benign, Early, Pre, Pro.',
    ],
    [
      'other letters',
      `${HEADER}\nPro,Benign,minor,Sure,genetics\n`,
      'Row 2, column certainty: "Sure" is none of sure, probable, unsure.',
    ],
    [
      'an empty value',
      `${HEADER}\nPro,Benign,minor,sure,\n`,
      'Row 2, column confirmedBy: "" is none of morphology, cytochemistry, flow-cytometry, genetics.',
    ],
    [
      'a doubled quote',
      `${HEADER}\n"P""ro",Benign,minor,sure,genetics\n`,
      'Row 2, column actual: "P\\"ro" is none of Benign, Early, Pre, Pro.',
    ],
    [
      'a long value, cut short,',
      `${HEADER}\n${'x'.repeat(61)},Benign,minor,sure,genetics\n`,
      `Row 2, column actual: "${'x'.repeat(60)}…" is none of Benign`,
    ],
    ['a value missing', `${HEADER}\nPro,Benign,minor,sure\n`, 'Row 2 has 4 values instead of 5.'],
    ['a value too many', `${HEADER}\n${ROW},\n`, 'Row 2 has 6 values instead of 5.'],
    ['an open quote over megabytes', `${HEADER}\n"${'P'.repeat(5e6)}`, 'Row 2: the quotes do not match.'],
    ['an open quote', `${HEADER}\n${ROW}\n"Pro,Benign\n`, 'Row 3: the quotes do not match.'],
    ['a quote within', `${HEADER}\nP"r"o,Benign\n`, 'Row 2: the quotes do not match.'],
    ['text behind a quote', `${HEADER}\n"Pro"x,Benign\n`, 'Row 2: the quotes do not match.'],
  ])('refuses %s in one sentence', (_name, text, sentence) => {
    expect(() => readCorrections(text)).toThrow(sentence);
    expect(() => readCorrections(text)).toThrow(DomainError);
  });
});
