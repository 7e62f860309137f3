import type { Estimate } from '../../metrics/index.ts';

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const cost = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
export const three = (value: number): string => value.toFixed(3);

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** A mean with its interval, `without` where there is none. */
export const between = (
  estimate: Estimate | null,
  write: (value: number) => string,
  without = '-',
): string =>
  estimate ? `${write(estimate.mean)} (${write(estimate.lower)} to ${write(estimate.upper)})` : without;
