import {
  CERTAINTIES,
  CONFIRMATIONS,
  correctionInputSchema,
  emailSchema,
  MATURITY_STAGES,
  SEVERITIES,
} from '@blastwise/contracts';
import type { BroughtReading, RowProblem } from '@blastwise/db';
import { parseCsv } from '@blastwise/model/costs';
import { z } from 'zod';

/** Says what a field shows where it is none of the stages. */
export const NOT_ASSESSABLE = 'not-assessable';

const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, `Give one of ${words.join(', ')}.`);

/** What each column takes. Values are never repeated in sentences: a shifted column may hold a patient's name. */
const COLUMNS = {
  file: z.string().min(1, 'Give the image file of the field.'),
  sha256: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the field, 64 hexadecimal digits.'),
  field: z.string().toLowerCase().pipe(z.uuid('Give the identifier of a field.')),
  reader: emailSchema,
  stage: oneOf([...MATURITY_STAGES, NOT_ASSESSABLE]),
  certainty: oneOf(CERTAINTIES),
  confirmedBy: oneOf(CONFIRMATIONS),
  predicted: z.enum(['', ...MATURITY_STAGES], `Give one of ${MATURITY_STAGES.join(', ')}, or nothing.`),
  severity: z.enum(['', ...SEVERITIES], `Give one of ${SEVERITIES.join(', ')}.`),
  comment: correctionInputSchema.shape.comment,
} as const;
type Column = keyof typeof COLUMNS;

const NAMES = ['file', 'sha256', 'field'] as const satisfies readonly Column[];
const REQUIRED = ['reader', 'stage', 'certainty', 'confirmedBy'] as const satisfies readonly Column[];
const OPTIONAL = ['predicted', 'severity', 'comment'] as const satisfies readonly Column[];

/** A field as its row names it. */
export type NamedField = BroughtReading['field'] | { readonly file: string };
export interface FileReading extends Omit<BroughtReading, 'field'> {
  readonly field: NamedField;
}

/**
 * Reads corrections that were made elsewhere, from CSV with a header: one of `file`, `sha256` and `field`; `reader`,
 * `stage`, `certainty`, `confirmedBy`; and, where there are any, `predicted`, `severity`, `comment`; in any order. Empty lines are
 * passed over. `problems`: the first thing wrong with each bad row. Throws `BAD_INPUT` where quotes do not match.
 */
export function readReadings(text: string): { readings: FileReading[]; problems: RowProblem[] } {
  const [header = [], ...rows] = parseCsv(text);
  const readings: FileReading[] = [];
  const problems: RowProblem[] = [];
  const columns = header.filter(isColumn);
  if (!isWhole(columns) || columns.length !== header.length)
    return { readings, problems: [{ row: 1, sentence: HEADER_SENTENCE }] };
  for (const [i, cells] of rows.entries()) {
    if (cells.length === 1 && cells[0] === '') continue;
    const row = i + 2;
    const reading = readRow(cells, columns, row);
    if ('sentence' in reading) problems.push(reading);
    else readings.push(reading);
  }
  return { readings, problems };
}

const HEADER_SENTENCE =
  `Name these columns, separated by commas, each once and no other: one of ${NAMES.join(', ')}; ` +
  `${REQUIRED.join(', ')}; and, where you have them, ${OPTIONAL.join(', ')}.`;

const UNJUDGED = 'Say how harmful the error would have been; none is an answer, too.';
const NO_ERROR =
  'Only an answer in column predicted that differs from the stage is an error; leave this empty.';

const isColumn = (name: string): name is Column => Object.hasOwn(COLUMNS, name);

function isWhole(columns: readonly Column[]): boolean {
  const named = NAMES.filter((name) => columns.includes(name)).length;
  return (
    named === 1 &&
    REQUIRED.every((name) => columns.includes(name)) &&
    new Set(columns).size === columns.length
  );
}

/** The reading, or what is wrong with the row. */
function readRow(
  cells: readonly string[],
  columns: readonly Column[],
  row: number,
): FileReading | RowProblem {
  if (cells.length !== columns.length)
    return { row, sentence: `There are ${cells.length} values instead of ${columns.length}.` };
  const cellOf = (column: Column): string => cells[columns.indexOf(column)] ?? '';
  for (const column of columns) {
    const issue = COLUMNS[column].safeParse(cellOf(column)).error?.issues[0];
    if (issue) return { row, column, sentence: issue.message };
  }
  const stage = COLUMNS.stage.parse(cellOf('stage'));
  const predicted = COLUMNS.predicted.parse(cellOf('predicted')) || null;
  const severity = COLUMNS.severity.parse(cellOf('severity')) || null;
  const erred = predicted !== null && predicted !== stage;
  if (erred && severity === null) return { row, column: 'severity', sentence: UNJUDGED };
  if (!erred && severity !== null && severity !== 'none')
    return { row, column: 'severity', sentence: NO_ERROR };
  return {
    row,
    field: fieldNamed(cellOf, columns),
    reader: COLUMNS.reader.parse(cellOf('reader')),
    predicted,
    correction: {
      stage: stage === NOT_ASSESSABLE ? null : stage,
      certainty: COLUMNS.certainty.parse(cellOf('certainty')),
      confirmedBy: COLUMNS.confirmedBy.parse(cellOf('confirmedBy')),
      severity: severity ?? 'none',
      comment: COLUMNS.comment.parse(cellOf('comment')),
    },
  };
}

function fieldNamed(cellOf: (column: Column) => string, columns: readonly Column[]): NamedField {
  if (columns.includes('file')) return { file: cellOf('file') };
  if (columns.includes('sha256')) return { sha256: COLUMNS.sha256.parse(cellOf('sha256')) };
  return { id: COLUMNS.field.parse(cellOf('field')) };
}
