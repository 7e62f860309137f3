import { type CostCorrection, costCorrectionSchema, DomainError } from '@blastwise/contracts';
import { parseCsv } from './csv.ts';

const { shape } = costCorrectionSchema;
type Column = keyof CostCorrection;
const COLUMNS = Object.keys(shape) as Column[];

const isColumn = (name: string): name is Column => COLUMNS.some((column) => column === name);

/**
 * Reads corrections from CSV with a header and these columns in any order: actual, predicted, severity, certainty,
 * confirmedBy. Empty lines are passed over. Throws `BAD_INPUT` with the first thing wrong: its row (the header is
 * row 1), its column and what is allowed.
 */
export function readCorrections(text: string): CostCorrection[] {
  const [header, ...rows] = parseCsv(text);
  const columns = readHeader(header ?? []);
  return rows.flatMap((cells, i) => (isBlank(cells) ? [] : [readRow(cells, columns, i + 2)]));
}

function readHeader(names: readonly string[]): Column[] {
  const columns = names.filter(isColumn);
  const whole = COLUMNS.every((name) => columns.filter((c) => c === name).length === 1);
  if (!whole || columns.length !== names.length)
    throw new DomainError(
      'BAD_INPUT',
      `Row 1 must name these columns, each once and no other: ${COLUMNS.join(', ')}; it reads ${quote(names.join(','))}.`,
    );
  return columns;
}

function readRow(cells: readonly string[], columns: readonly Column[], row: number): CostCorrection {
  if (cells.length !== columns.length)
    throw new DomainError('BAD_INPUT', `Row ${row} has ${cells.length} values instead of ${columns.length}.`);
  const parsed = costCorrectionSchema.safeParse(
    Object.fromEntries(columns.map((name, i) => [name, cells[i]])),
  );
  if (parsed.success) return parsed.data;
  const column = columns.find((name) => name === parsed.error.issues[0]?.path[0]) ?? 'actual';
  const value = quote(cells[columns.indexOf(column)] ?? '');
  throw new DomainError(
    'BAD_INPUT',
    `Row ${row}, column ${column}: ${value} is none of ${shape[column].options.join(', ')}.`,
  );
}

const MOST_QUOTED = 60;

const quote = (text: string): string =>
  JSON.stringify(text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text);

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0] === '';
