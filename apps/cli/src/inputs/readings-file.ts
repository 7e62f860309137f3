import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import type { BroughtReading, RowProblem } from '@blastwise/db';
import { type Progress, withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';
import { type FileReading, readReadings } from './readings.ts';

/** All are recorded in one transaction, which locks their cases. */
const MOST_READINGS = 10_000;

/**
 * Reads the file of corrections named on the command line, and the pixels of every image file in it, as the portal stores
 * them. Image files are looked for from the folder of the CSV. Anything that cannot be used is bad usage.
 */
export async function readReadingsFile(path: string): Promise<BroughtReading[]> {
  const { readings, problems } = readText(await textOf(path), path);
  if (problems.length > 0) throw new UsageError(rowSentences(problems));
  if (readings.length === 0) throw new UsageError(`There is no correction in ${path}.`);
  if (readings.length > MOST_READINGS)
    throw new UsageError(`There are more than ${MOST_READINGS} corrections in ${path}: divide it.`);
  const files = readings.filter(({ field }) => 'file' in field).length;
  if (files === 0) return readings.flatMap(withoutFile);
  return withProgress('Reading fields', (progress) => withPixels(readings, dirname(path), progress));
}

/** One line a row, and how many more there are. */
export function rowSentences(problems: readonly RowProblem[]): string {
  const shown = problems
    .slice(0, MOST_SENTENCES)
    .map(
      ({ row, column, sentence }) =>
        `Row ${row}${column === undefined ? '' : `, column ${column}`}: ${sentence}`,
    );
  const more = problems.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more rows cannot be used.`] : []), 'Nothing was recorded.'].join(
    '\n',
  );
}

const MOST_SENTENCES = 50;

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => {
    throw new UsageError(`The corrections ${path} cannot be read.`);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${path} is not written in UTF-8: save it as "CSV UTF-8".`);
  }
}

function readText(text: string, path: string): ReturnType<typeof readReadings> {
  try {
    return readReadings(text);
  } catch (error) {
    if (error instanceof DomainError) throw new UsageError(`${error.message} (${path})`);
    throw error;
  }
}

const withoutFile = ({ field, ...reading }: FileReading): BroughtReading[] =>
  'file' in field ? [] : [{ ...reading, field }];

async function withPixels(
  readings: readonly FileReading[],
  folder: string,
  progress: Progress,
): Promise<BroughtReading[]> {
  const { sanitiseImage, sha256 } = await import('@blastwise/model');
  const known = new Map<string, BroughtReading['field']>();
  const found: BroughtReading[] = [];
  const problems: RowProblem[] = [];
  for (const [i, { field, ...reading }] of readings.entries()) {
    progress(i, readings.length);
    if (!('file' in field)) continue;
    const file = resolve(folder, field.file);
    try {
      const pixels = known.get(file) ?? { sha256: sha256((await sanitiseImage(await readFile(file))).png) };
      known.set(file, pixels);
      found.push({ ...reading, field: pixels });
    } catch (error) {
      const sentence = error instanceof DomainError ? error.message : 'The image file cannot be read.';
      problems.push({ row: reading.row, column: 'file', sentence });
    }
  }
  if (problems.length > 0) throw new UsageError(rowSentences(problems));
  return found;
}
