import type { Overview } from './overview.ts';
import type { ReportTable } from './tables.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export function markdownTable({ caption, rows: [head = [], ...rows] }: ReportTable): string {
  return [`${caption}:`, '', row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** The overview as plain rows: a figure with its interval in brackets, the system named in every row. */
export const overviewTable = ({ caption, columns, systems }: Overview): ReportTable => ({
  caption,
  rows: [
    columns,
    ...systems.flatMap(({ system, rows }) =>
      rows.map((figures) => [
        system,
        ...figures.map(({ value, interval }) => (interval === null ? value : `${value} (${interval})`)),
      ]),
    ),
  ],
});
