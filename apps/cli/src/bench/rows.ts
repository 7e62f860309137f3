import { z } from 'zod';

/** One line of the benchmark: what was timed, beside what it is compared with, in one run on one machine. */
export const benchRowSchema = z.strictObject({
  name: z.string(),
  milliseconds: z.number().nullable(),
  reference: z.strictObject({ name: z.string(), milliseconds: z.number() }).nullable(),
  /** How many times faster than the reference. */
  ratio: z.number().nullable(),
  /** What is expected, in words. */
  expected: z.string(),
  met: z.boolean().nullable(),
  /** Why it was not measured. */
  missing: z.string().nullable(),
});
export type BenchRow = z.infer<typeof benchRowSchema>;

/** What the networks are timed beside: `startWasm` puts our kernels before those stock ones that are slow or missing. */
export const WASM_REFERENCE = 'tfjs wasm with our kernels, one thread';

export function ratioRow(
  name: string,
  milliseconds: number,
  reference: { name: string; milliseconds: number },
  least: number | null,
): BenchRow {
  const ratio = reference.milliseconds / milliseconds;
  const expected = least === null ? '' : `at least ${least} times faster`;
  const met = least === null ? null : ratio >= least;
  return { name, milliseconds, reference, ratio, expected, met, missing: null };
}

/** What should take at most `times` as long as the reference. */
export function withinRow(
  name: string,
  milliseconds: number,
  reference: { name: string; milliseconds: number },
  times: number,
): BenchRow {
  const ratio = reference.milliseconds / milliseconds;
  const expected = `within ${times} times of it`;
  return { name, milliseconds, reference, ratio, expected, met: 1 / ratio <= times, missing: null };
}

/** Beside what its multiply-adds take where the machine does nothing but a large matrix product. */
export function floorRow(name: string, milliseconds: number, floor: number): BenchRow {
  const reference = { name: 'arithmetic floor', milliseconds: floor };
  const ratio = floor / milliseconds;
  return { name, milliseconds, reference, ratio, expected: '', met: null, missing: null };
}

export function timeRow(name: string, milliseconds: number, within: number | null): BenchRow {
  return {
    name,
    milliseconds,
    reference: null,
    ratio: null,
    expected: within === null ? '' : `within ${duration(within, 0)}`,
    met: within === null ? null : milliseconds <= within,
    missing: null,
  };
}

export function missingRow(name: string, missing: string): BenchRow {
  return { name, milliseconds: null, reference: null, ratio: null, expected: '', met: null, missing };
}

/** The same work by the thousand rows. */
export function perThousandRow({ name, milliseconds }: BenchRow, rows: number): BenchRow {
  return timeRow(`${name}, per 1,000 rows`, (1000 * (milliseconds ?? Number.NaN)) / rows, null);
}

/** From ten seconds on in seconds. */
function duration(ms: number, digits: number): string {
  return ms < 10_000 ? `${ms.toFixed(ms < 100 ? digits : 0)} ms` : `${(ms / 1000).toFixed(digits)} s`;
}

const tableOf = (lines: readonly (readonly string[])[]): string =>
  lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The rows as a Markdown table. */
export function markdown(rows: readonly BenchRow[]): string {
  const ms = (value: number): string => duration(value, 1);
  const lines = rows.map((row) => [
    row.name,
    row.milliseconds === null ? (row.missing ?? '') : ms(row.milliseconds),
    row.reference ? `${ms(row.reference.milliseconds)} (${row.reference.name})` : '',
    row.ratio === null ? '' : `${row.ratio.toFixed(row.ratio < 10 ? 2 : 1)} x`,
    row.expected === '' ? '' : `${row.expected}: ${row.met ? 'yes' : 'NO'}`,
  ]);
  const header = ['measured', 'time', 'against', 'ratio', 'expected'];
  return tableOf([header, header.map(() => '---'), ...lines]);
}

/** Peak resident memory of a part of the benchmark. */
export interface PartMemory {
  readonly part: string;
  readonly peakMiB: number;
}

export const memoryMarkdown = (memory: readonly PartMemory[]): string =>
  tableOf([
    ['part', 'peak memory'],
    ['---', '---'],
    ...memory.map(({ part, peakMiB }) => [part, `${peakMiB} MiB`]),
  ]);
