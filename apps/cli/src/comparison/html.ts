import { escapeHtml } from '../dataset/html.ts';
import type { Figure, Overview, SystemRows } from './overview.ts';
import type { Plot } from './plots.ts';

const cell = ({ value, interval }: Figure): string =>
  `<td>${escapeHtml(value)}${interval === null ? '' : `<small>${escapeHtml(interval)}</small>`}</td>`;

function body({ system, rows }: SystemRows): string {
  const lines = rows.map((figures, i) => {
    const head = i === 0 ? `<th scope="rowgroup" rowspan="${rows.length}">${escapeHtml(system)}</th>` : '';
    return `<tr>${head}${figures.map(cell).join('')}</tr>`;
  });
  return `<tbody>${lines.join('')}</tbody>`;
}

/** The overview as one table, a group of rows a system, intervals below their figures. */
export function overviewHtml({ caption, columns, systems }: Overview): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  return `<div class="wide"><table class="overview"><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead>${systems.map(body).join('')}</table></div>`;
}

export const notesHtml = (notes: readonly string[]): string =>
  `<ul class="notes">${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`;

const figure = ({ caption, svg }: Plot): string =>
  `<li><figure>${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure></li>`;

export const plotsHtml = (system: string, plots: readonly Plot[]): string =>
  `<h3>${escapeHtml(system)}</h3><ul class="pictures">${plots.map(figure).join('')}</ul>`;

/** Beyond the style of every report: room for the table, quiet intervals, plots on white paper in the dark too. */
export const COMPARISON_STYLE = `
body { max-width: 84rem; }
p, ul.notes { max-width: 60rem; }
table.overview { font-size: .875rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
table.overview th, table.overview td { padding: .3rem 1rem .3rem 0; border-bottom: 0; vertical-align: top; white-space: nowrap; }
table.overview thead th { white-space: normal; vertical-align: bottom; }
table.overview th:first-child, table.overview td:nth-last-child(10), table.overview td:nth-last-child(9), table.overview th:nth-child(2), table.overview th:nth-child(3) { text-align: left; }
table.overview tbody { border-top: 1px solid currentColor; }
table.overview tbody th { font-weight: 600; }
small { display: block; font-size: .8125rem; color: color-mix(in srgb, currentColor 76%, transparent); }
ul.pictures svg { background: #fff; border-radius: .4rem; max-width: 100%; height: auto; }
ul.pictures figure { width: 22rem; max-width: 100%; }
`;
