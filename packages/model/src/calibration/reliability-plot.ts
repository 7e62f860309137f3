import type { ReliabilityBin, ReliabilityFigures } from '../metrics/index.ts';
import type { CalibrationFigures } from './figures.ts';

const SIDE = 200;
const MARGIN = { left: 40, top: 30, bottom: 62, gap: 44 };
const PANEL = MARGIN.left + SIDE + MARGIN.gap;
const HEIGHT = MARGIN.top + SIDE + MARGIN.bottom;

const px = (value: number) => value.toFixed(1);
const across = (share: number) => MARGIN.left + SIDE * share;
const up = (share: number) => MARGIN.top + SIDE * (1 - share);

/** A point at mean probability and share correct, its area by the number of fields, with its interval. */
function mark({ n, confidence, accuracy, lower, upper }: ReliabilityBin, most: number): string {
  if (confidence === null || accuracy === null) return '';
  const x = px(across(confidence));
  const radius = px(2 + 5 * Math.sqrt(n / most));
  return `<line x1="${x}" x2="${x}" y1="${px(up(lower))}" y2="${px(up(upper))}" stroke="#94a3b8"/><circle cx="${x}" cy="${px(up(accuracy))}" r="${radius}" fill="#1d6fb8"><title>${n} fields, mean probability ${confidence.toFixed(3)}, correct ${accuracy.toFixed(3)}</title></circle>`;
}

function panel(title: string, { n, ece, brier, nll, bins }: ReliabilityFigures, left: number): string {
  const most = Math.max(1, ...bins.map((bin) => bin.n));
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (t) =>
      `<line x1="${px(across(0))}" x2="${px(across(1))}" y1="${px(up(t))}" y2="${px(up(t))}" stroke="#e2e8f0"/><text x="${MARGIN.left - 5}" y="${px(up(t) + 4)}" text-anchor="end">${t}</text><text x="${px(across(t))}" y="${px(up(0) + 14)}" text-anchor="middle">${t}</text>`,
  );
  const diagonal = `<line x1="${px(across(0))}" y1="${px(up(0))}" x2="${px(across(1))}" y2="${px(up(1))}" stroke="#64748b" stroke-dasharray="4 3"/>`;
  const figures = `ECE ${ece.toFixed(4)}, Brier ${brier.toFixed(4)}, NLL ${nll.toFixed(4)}`;
  return `<g transform="translate(${left} 0)"><text x="${MARGIN.left}" y="18" font-weight="bold">${title} (${n} fields)</text>${ticks.join('')}${diagonal}${bins.map((bin) => mark(bin, most)).join('')}<text x="${px(across(0.5))}" y="${px(up(0) + 31)}" text-anchor="middle">mean top probability</text><text x="${MARGIN.left}" y="${px(up(0) + 49)}">${figures}</text></g>`;
}

/** One reliability diagram of a name (Murphy & Winkler 1977). */
export interface ReliabilityPanel {
  readonly title: string;
  readonly figures: ReliabilityFigures;
}

/** Reliability diagrams side by side as one SVG; `label` is read out in its place. */
export function reliabilityPanels(panels: readonly ReliabilityPanel[], label: string): string {
  const drawn = panels.map(({ title, figures }, i) => panel(title, figures, i * PANEL));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${panels.length * PANEL} ${HEIGHT}" font-family="sans-serif" font-size="11" fill="#334155" role="img" aria-label="${label}"><rect width="100%" height="100%" fill="#ffffff"/>${drawn.join('')}</svg>\n`;
}

/** Reliability diagrams before and after calibration as one SVG, for the model card. */
export const reliabilityPlot = ({ before, after }: CalibrationFigures): string =>
  reliabilityPanels(
    [
      { title: 'Before calibration', figures: before },
      { title: 'After calibration', figures: after },
    ],
    'Share of correct stages against the probability given, before and after calibration',
  );
