import { type CostMatrix, MATURITY_STAGES } from '@blastwise/contracts';
import type { Confusion } from '../metrics/index.ts';

const CELL = 62;
const MARGIN = { left: 64, top: 62, right: 16, bottom: 12 };
const BLUE = '29, 111, 184';
const ORANGE = '194, 65, 12';

interface Cell {
  readonly text: string;
  /** How dark the cell is, 0..1. */
  readonly shade: number;
}

function grid(title: string, rgb: string, cells: readonly (readonly Cell[])[]): string {
  const side = CELL * MATURITY_STAGES.length;
  const [width, height] = [MARGIN.left + side + MARGIN.right, MARGIN.top + side + MARGIN.bottom];
  const middle = (i: number): number => CELL * (i + 0.5);
  const body = cells.flatMap((row, r) =>
    row.map(({ text, shade }, c) => {
      const [x, y] = [MARGIN.left + CELL * c, MARGIN.top + CELL * r];
      const ink = shade > 0.55 ? '#ffffff' : '#1e293b';
      return `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="rgba(${rgb}, ${(0.04 + 0.9 * shade).toFixed(3)})" stroke="#ffffff"/><text x="${x + CELL / 2}" y="${y + CELL / 2 + 4}" text-anchor="middle" fill="${ink}">${text}</text>`;
    }),
  );
  const names = MATURITY_STAGES.flatMap((stage, i) => [
    `<text x="${MARGIN.left + middle(i)}" y="${MARGIN.top - 8}" text-anchor="middle">${stage}</text>`,
    `<text x="${MARGIN.left - 8}" y="${MARGIN.top + middle(i) + 4}" text-anchor="end">${stage}</text>`,
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" font-family="sans-serif" font-size="11" fill="#334155" role="img" aria-label="${title}"><rect width="100%" height="100%" fill="#ffffff"/><text x="12" y="18" font-weight="bold">${title}</text><text x="12" y="36">rows truly, columns called</text>${body.join('')}${names.join('')}</svg>\n`;
}

/** A confusion as one SVG; a cell is as dark as its share of the row's fields. */
export function confusionPlot(confusion: Confusion): string {
  const cells = confusion.map((row) => {
    const n = row.reduce((a, b) => a + b, 0);
    return row.map((count) => ({ text: `${count}`, shade: n === 0 ? 0 : count / n }));
  });
  return grid('Fields', BLUE, cells);
}

/** What every cell of a confusion costs in all; a cell is as dark as its share of the dearest one. */
export function costPlot(confusion: Confusion, { matrix }: CostMatrix): string {
  const costs = confusion.map((row, i) => row.map((count, j) => count * (matrix[i]?.[j] ?? 0)));
  const dearest = Math.max(1, ...costs.flat());
  const write = (cost: number): string => (Number.isInteger(cost) ? `${cost}` : cost.toFixed(1));
  return grid(
    'Cost of the errors',
    ORANGE,
    costs.map((row) => row.map((cost) => ({ text: write(cost), shade: cost / dearest }))),
  );
}
