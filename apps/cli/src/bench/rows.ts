/** One line of the benchmark: what was timed, beside what it is compared with, in one run on one machine. */
export interface BenchRow {
  name: string;
  milliseconds: number | null;
  reference: { name: string; milliseconds: number } | null;
  /** How many times faster than the reference. */
  ratio: number | null;
  /** What is expected, in words. */
  expected: string;
  met: boolean | null;
  /** Why it was not measured. */
  skipped: string | null;
}

export function ratioRow(
  name: string,
  milliseconds: number,
  reference: { name: string; milliseconds: number },
  least: number,
): BenchRow {
  const ratio = reference.milliseconds / milliseconds;
  const expected = `at least ${least} times faster`;
  return { name, milliseconds, reference, ratio, expected, met: ratio >= least, skipped: null };
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
  return { name, milliseconds, reference, ratio, expected, met: 1 / ratio <= times, skipped: null };
}

/** Beside what its multiply-adds take where the machine does nothing but a large matrix product. */
export function floorRow(name: string, milliseconds: number, floor: number): BenchRow {
  const reference = { name: 'arithmetic floor', milliseconds: floor };
  const ratio = floor / milliseconds;
  return { name, milliseconds, reference, ratio, expected: '', met: null, skipped: null };
}

export function timeRow(name: string, milliseconds: number, within: number | null): BenchRow {
  return {
    name,
    milliseconds,
    reference: null,
    ratio: null,
    expected: within === null ? '' : `within ${duration(within, 0)}`,
    met: within === null ? null : milliseconds <= within,
    skipped: null,
  };
}

export function skippedRow(name: string, skipped: string): BenchRow {
  return { name, milliseconds: null, reference: null, ratio: null, expected: '', met: null, skipped };
}

/** From ten seconds on in seconds. */
function duration(ms: number, digits: number): string {
  return ms < 10_000 ? `${ms.toFixed(ms < 100 ? digits : 0)} ms` : `${(ms / 1000).toFixed(digits)} s`;
}

/** The rows as a Markdown table. */
export function markdown(rows: readonly BenchRow[]): string {
  const ms = (value: number): string => duration(value, 1);
  const lines = rows.map((row) => [
    row.name,
    row.milliseconds === null ? `skipped: ${row.skipped}` : ms(row.milliseconds),
    row.reference ? `${ms(row.reference.milliseconds)} (${row.reference.name})` : '',
    row.ratio === null ? '' : `${row.ratio.toFixed(row.ratio < 10 ? 2 : 1)} x`,
    row.expected === '' ? '' : `${row.expected}: ${row.met ? 'yes' : 'NO'}`,
  ]);
  const header = ['measured', 'time', 'against', 'ratio', 'expected'];
  return [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
