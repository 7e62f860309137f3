/** Writes one line of results. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a result for machines: one JSON value on one line. */
export function sayJson(value: unknown): void {
  say(JSON.stringify(value));
}

/** Writes a line that is no result. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Aligns rows of cells; the first column to the left, numbers and the rest to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  const pad = (cell: string, c: number): string =>
    c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
