import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { escapeHtml, htmlPage, htmlTable } from './html.ts';
import type { Picture, Pictures } from './pictures.ts';
import type { Plot, Plots } from './plots.ts';
import type { DatasetSummary } from './summary.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const colour = (rgb: readonly number[] | null): string =>
  rgb === null ? 'none found' : rgb.map((value) => value.toFixed(0)).join(', ');

/** The summary, its plots and its pictures as one page that carries everything in itself. */
export function datasetReport(
  summary: DatasetSummary,
  { background, groups: groupSizes }: Plots,
  { stages, groups, pairs }: Pictures,
): string {
  const sections = [
    `<p>${summary.fields} fields in ${summary.groups} groups that look alike. For ${escapeHtml(RESEARCH_NOTICE)}.</p>`,
    fieldsSection(summary),
    shortcutsSection(summary, background),
    segmentedSection(summary),
    groupsSection(groupSizes, groups),
    duplicatesSection(summary, pairs),
    '<h2>Fields</h2>',
    ...stages.map(
      ({ stage, pictures }) => `<h3>${stage}</h3><ul class="pictures">${pictures.map(listed).join('')}</ul>`,
    ),
  ];
  return htmlPage('Dataset report', sections.join('\n'));
}

function fieldsSection({ perStage, sizes }: DatasetSummary): string {
  const stages = perStage.map((row) => [row.stage, `${row.fields}`, `${row.groups}`, `${row.largestGroup}`]);
  return [
    '<h2>Counts</h2>',
    htmlTable('Fields and groups of each stage', [['Stage', 'Fields', 'Groups', 'Largest group'], ...stages]),
    htmlTable('Sizes in pixels', [
      ['Size', 'Fields'],
      ...Object.entries(sizes).map(([size, n]) => [size, `${n}`]),
    ]),
  ].join('\n');
}

const plotted = ({ caption, svg }: Plot): string =>
  `<figure class="plot"><div class="wide">${svg}</div><figcaption>${caption}</figcaption></figure>`;

function segmentedSection({ segmented }: DatasetSummary): string {
  if (segmented.length === 0) return '';
  const rows = segmented.map(({ stage, files, of, nearlyEmpty, shown }) => [
    stage,
    `${files} of ${of}`,
    shown === null ? '-' : percent(shown),
    `${nearlyEmpty}`,
  ]);
  return [
    '<h2>Segmented fields</h2>',
    '<p>What the pictures under Segmented/ have left of a field. They are the work of a colour threshold and no truth; nothing is trained on them.</p>',
    htmlTable('Pictures under Segmented/ by stage', [
      ['Stage', 'Pictures', 'Mean share shown', 'Showing less than 1 %'],
      ...rows,
    ]),
  ].join('\n');
}

function groupsSection(sizes: Plot, groups: Pictures['groups']): string {
  const shown = groups.map(
    ({ name, fields, pictures }) =>
      `<h3>${name}, ${fields} fields</h3><ul class="pictures">${pictures.map(listed).join('')}</ul>`,
  );
  return [
    '<h2>Look-alike groups</h2>',
    '<p>Slides are not named in the data, so groups are inferred: the fields of a stage are clustered (Ward’s method) by the mean and the spread of their background, the mean of what is stained and, more weakly, their place in the order of the files; within such a look those at most 12 files apart are chained into one group; near-duplicates always share one. A grouped split keeps every group on one side.</p>',
    plotted(sizes),
    ...(shown.length === 0 ? [] : ['<p>The largest groups of every stage:</p>', ...shown]),
  ].join('\n');
}

function shortcutsSection(
  { stain, scaleBar, backgroundNamesStage }: DatasetSummary,
  background: Plot,
): string {
  const named =
    backgroundNamesStage === null
      ? 'Too few groups to say how well the background alone names the stage.'
      : `The colours beside the white cells alone name the stage of ${percent(backgroundNamesStage.random)} of unseen fields, and of ${percent(backgroundNamesStage.grouped)} where the look of the slide was unseen too; naming the most frequent stage always would score ${percent(backgroundNamesStage.chance)}. What is far above that is a shortcut that a model may take without reading a cell.`;
  return [
    '<h2>Stain and shortcuts</h2>',
    `<p>${named}</p>`,
    plotted(background),
    htmlTable('Mean colours (red, green, blue; 0 to 255)', [
      ['Stage', 'Background', 'Its spread', 'White cells', 'Their area'],
      ...stain.map(({ stage, background, whiteCells, cellShare }) => [
        stage,
        colour(background.mean),
        colour(background.spread),
        colour(whiteCells),
        percent(cellShare),
      ]),
    ]),
    htmlTable('Fields with a scale bar burned in', [
      ['Stage', 'On a white block', 'Red', 'None'],
      ...scaleBar.map(({ stage, scaleBar: { white, red, none } }) => [
        stage,
        percent(white),
        percent(red),
        percent(none),
      ]),
    ]),
  ].join('\n');
}

function duplicatesSection({ duplicates }: DatasetSummary, pairs: Pictures['pairs']): string {
  const { sameBytes, samePixels, near, acrossStages } = duplicates;
  const shown = pairs.map(
    ({ a, b, kind }) =>
      `<li><figure>${image(a)} ${image(b)}<figcaption>${escapeHtml(`${a.path} and ${b.path} (${kind})`)}</figcaption></figure></li>`,
  );
  return [
    '<h2>Duplicates</h2>',
    `<p>${sameBytes} pairs of equal files, ${samePixels} of equal pixels, ${near} near-duplicates; ${acrossStages} pairs across stages.</p>`,
    shown.length === 0 ? '' : `<ul class="pictures">${shown.join('')}</ul>`,
  ].join('\n');
}

const image = ({ path, source }: Picture): string =>
  `<img src="${escapeHtml(source)}" alt="${escapeHtml(`Field ${path}`)}">`;

const listed = (picture: Picture): string =>
  `<li><figure>${image(picture)}<figcaption>${escapeHtml(picture.path)}</figcaption></figure></li>`;
