import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { escapeHtml, htmlPage, htmlTable } from '../dataset/html.ts';
import type { Comparison, SplitComparison } from './comparison.ts';
import { type Plot, plotsOf } from './plots.ts';
import { theStudy } from './study.ts';
import { notesOf, type ReportTable, type Study, tablesOf } from './tables.ts';

/** By which a comparison knows its own folder. */
export const COMPARISON_FILE = 'comparison.json';
const PLOTS = 'plots';
const TITLE = 'Comparison of models';

interface PlottedModel {
  readonly model: string;
  readonly plots: readonly (Plot & { readonly file: string })[];
}

const heading = ({ split, strategy, fields, groups }: SplitComparison): string =>
  `Split ${split} (${strategy}): ${fields} fields in ${groups} groups on the test side`;

const INTRODUCTION = `For ${RESEARCH_NOTICE}. In brackets: 95 % intervals by resampling groups of look-alike fields. Rows of the study are its published figures, on a random split of 3,256 fields.`;

/** A name that a link in Markdown can hold. */
const fileName = (...parts: readonly string[]): string =>
  `${parts.join('-').replaceAll(/[^\w.-]+/g, '-')}.svg`;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function markdownTable({ caption, rows: [head = [], ...rows] }: ReportTable): string {
  return [`${caption}:`, '', row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function markdownSplit(split: SplitComparison, study: Study, plotted: readonly PlottedModel[]): string {
  return [
    `## ${heading(split)}`,
    ...notesOf(split, study).map((note) => `- ${note}`),
    ...tablesOf(split, study).map(markdownTable),
    ...plotted.map(({ model, plots }) =>
      [`### ${model}`, ...plots.map(({ caption, file }) => `![${model}: ${caption}](${PLOTS}/${file})`)].join(
        '\n\n',
      ),
    ),
  ].join('\n\n');
}

function htmlSplit(split: SplitComparison, study: Study, plotted: readonly PlottedModel[]): string {
  const notes = notesOf(split, study).map((note) => `<li>${escapeHtml(note)}</li>`);
  const figure = ({ caption, svg }: Plot): string =>
    `<li><figure style="width: 22rem; max-width: 100%">${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure></li>`;
  return [
    `<h2>${escapeHtml(heading(split))}</h2>`,
    notes.length === 0 ? '' : `<ul>${notes.join('')}</ul>`,
    ...tablesOf(split, study).map(({ caption, rows }) => htmlTable(caption, rows)),
    ...plotted.map(
      ({ model, plots }) =>
        `<h3>${escapeHtml(model)}</h3><ul class="pictures">${plots.map(figure).join('')}</ul>`,
    ),
  ].join('\n');
}

/** A comparison as plain data; curves lie in the plots. */
export const withoutCurves = ({ splits, ...rest }: Comparison) => ({
  ...rest,
  splits: splits.map(({ models, ...split }) => ({
    ...split,
    models: models.map(({ history: _history, ...figures }) => figures),
  })),
});

/** Writes comparison.json, .md, .html and the plots of the Markdown into a folder, over what lies there of them. */
export async function writeReport(out: string, comparison: Comparison): Promise<void> {
  const study = await theStudy();
  await mkdir(join(out, PLOTS), { recursive: true });
  const [markdown, html] = [[`# ${TITLE}`, INTRODUCTION], [`<p>${escapeHtml(INTRODUCTION)}</p>`]];
  for (const split of comparison.splits) {
    const plotted: PlottedModel[] = [];
    for (const figures of split.models) {
      const plots = await plotsOf(figures, comparison.costs, study);
      const named = plots.map((plot) => ({
        ...plot,
        file: fileName(split.split, figures.model, plot.kind),
      }));
      for (const { file, svg } of named) await writeFile(join(out, PLOTS, file), svg);
      plotted.push({ model: figures.model, plots: named });
    }
    markdown.push(markdownSplit(split, study, plotted));
    html.push(htmlSplit(split, study, plotted));
  }
  const json = `${JSON.stringify({ ...withoutCurves(comparison), study, notice: RESEARCH_NOTICE }, null, 1)}\n`;
  await writeFile(join(out, 'comparison.md'), `${markdown.join('\n\n')}\n`);
  await writeFile(join(out, 'comparison.html'), htmlPage(TITLE, html.join('\n')));
  await writeFile(join(out, COMPARISON_FILE), json);
}
