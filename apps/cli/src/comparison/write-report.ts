import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { escapeHtml, htmlPage, htmlTable } from '../dataset/html.ts';
import type { Comparison, SplitComparison } from './comparison.ts';
import { COMPARISON_STYLE, notesHtml, overviewHtml, plotsHtml } from './html.ts';
import { markdownTable, overviewTable } from './markdown.ts';
import { overviewOf } from './overview.ts';
import { type Plot, plotsOf } from './plots.ts';
import { theStudy } from './study.ts';
import { detailsTable, notesOf } from './tables.ts';

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

const INTRODUCTION = `For ${RESEARCH_NOTICE}. Below or behind a figure: its 95 % interval by resampling groups of look-alike fields. Rows of the study are its published figures, on a random split of 3,256 fields.`;

/** A name that a link in Markdown can hold. */
const fileName = (...parts: readonly string[]): string =>
  `${parts.join('-').replaceAll(/[^\w.-]+/g, '-')}.svg`;

function markdownSplit(split: SplitComparison, plotted: readonly PlottedModel[]): string {
  return [
    `## ${heading(split)}`,
    markdownTable(detailsTable(split)),
    ...plotted.map(({ model, plots }) =>
      [`### ${model}`, ...plots.map(({ caption, file }) => `![${model}: ${caption}](${PLOTS}/${file})`)].join(
        '\n\n',
      ),
    ),
  ].join('\n\n');
}

function htmlSplit(split: SplitComparison, plotted: readonly PlottedModel[]): string {
  const { caption, rows } = detailsTable(split);
  return [
    `<h2>${escapeHtml(heading(split))}</h2>`,
    htmlTable(caption, rows),
    ...plotted.map(({ model, plots }) => plotsHtml(model, plots)),
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
  const overview = overviewOf(comparison.splits, study);
  const notes = notesOf(comparison.splits, study);
  const markdown = [
    `# ${TITLE}`,
    INTRODUCTION,
    markdownTable(overviewTable(overview)),
    notes.map((note) => `- ${note}`).join('\n'),
  ];
  const html = [`<p>${escapeHtml(INTRODUCTION)}</p>`, overviewHtml(overview), notesHtml(notes)];
  for (const split of comparison.splits) {
    const plotted: PlottedModel[] = [];
    for (const figures of split.models) {
      const plots = await plotsOf(figures, comparison.costs, study);
      const filed = plots.map((plot) => ({
        ...plot,
        file: fileName(split.split, figures.model, plot.kind),
      }));
      for (const { file, svg } of filed) await writeFile(join(out, PLOTS, file), svg);
      plotted.push({ model: figures.model, plots: filed });
    }
    markdown.push(markdownSplit(split, plotted));
    html.push(htmlSplit(split, plotted));
  }
  const json = `${JSON.stringify({ ...withoutCurves(comparison), study, notice: RESEARCH_NOTICE }, null, 1)}\n`;
  await writeFile(join(out, 'comparison.md'), `${markdown.join('\n\n')}\n`);
  await writeFile(join(out, 'comparison.html'), htmlPage(TITLE, html.join('\n'), COMPARISON_STYLE));
  await writeFile(join(out, COMPARISON_FILE), json);
}
