import { costCorrectionSchema, DomainError } from '@blastwise/contracts';
import { z } from 'zod';
import { parseCsv } from './csv.ts';
import type { JudgedCorrection } from './evidence.ts';

const { shape } = costCorrectionSchema;
const rowSchema = costCorrectionSchema.extend({
  field: z
    .string()
    .transform((name) => name || undefined)
    .optional(),
  notice: z.string().optional(),
});
type Needed = keyof typeof shape;
type Column = keyof typeof rowSchema.shape;
const NEEDED = costCorrectionSchema.keyof().options;
const COLUMNS = rowSchema.keyof().options;

const isNeeded = (name: string): name is Needed => NEEDED.some((column) => column === name);
const isColumn = (name: string): name is Column => COLUMNS.some((column) => column === name);

/**
 * Reads corrections from CSV with a header and these columns in any order: actual, predicted, severity, certainty,
 * confirmedBy, and where it is known field: any name for the field, the same in the rows of readers who judged one error.
 * A column notice and empty lines are passed over. Throws `BAD_INPUT` with the first thing wrong: its row (the header is row 1), its column
 * and what is allowed.
 */
export function readCorrections(text: string): JudgedCorrection[] {
  const [header, ...rows] = parseCsv(text);
  const columns = readHeader(header ?? []);
  return rows.flatMap((cells, i) => (isBlank(cells) ? [] : [readRow(cells, columns, i + 2)]));
}

function readHeader(names: readonly string[]): Column[] {
  const columns = names.filter(isColumn);
  const once = columns.length === names.length && new Set(names).size === names.length;
  if (!once || !NEEDED.every((name) => columns.includes(name)))
    throw new DomainError(
      'BAD_INPUT',
      `Row 1 must name these columns, each once and no other: ${NEEDED.join(', ')}, and field where it is known; it reads ${quote(names.join(','))}.`,
    );
  return columns;
}

function readRow(cells: readonly string[], columns: readonly Column[], row: number): JudgedCorrection {
  if (cells.length !== columns.length)
    throw new DomainError('BAD_INPUT', `Row ${row} has ${cells.length} values instead of ${columns.length}.`);
  const parsed = rowSchema.safeParse(Object.fromEntries(columns.map((name, i) => [name, cells[i]])));
  if (parsed.success) {
    const { field, notice: _, ...correction } = parsed.data;
    return field === undefined ? correction : { ...correction, field };
  }
  const wrong = String(parsed.error.issues[0]?.path[0]);
  const column = isNeeded(wrong) ? wrong : 'actual';
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
