import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { escapeHtml, htmlPage, htmlTable } from './html.ts';
import type { Picture, Pictures } from './pictures.ts';
import type { DatasetSummary } from './summary.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const colour = (rgb: readonly number[] | null): string =>
  rgb === null ? 'none found' : rgb.map((value) => value.toFixed(0)).join(', ');

/** The summary and its pictures as one page that carries everything in itself. */
export function datasetReport(summary: DatasetSummary, { stages, pairs }: Pictures): string {
  const sections = [
    `<p>${summary.fields} fields in ${summary.groups} groups that look alike. For ${escapeHtml(RESEARCH_NOTICE)}.</p>`,
    fieldsSection(summary),
    shortcutsSection(summary),
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

function shortcutsSection({ stain, scaleBar, backgroundNamesStage }: DatasetSummary): string {
  const named =
    backgroundNamesStage === null
      ? 'Too few groups to say how well the background alone names the stage.'
      : `The colours beside the white cells alone name the stage of ${percent(backgroundNamesStage.random)} of unseen fields, and of ${percent(backgroundNamesStage.grouped)} where the look of the slide was unseen too; naming the most frequent stage always would score ${percent(backgroundNamesStage.chance)}. What is far above that is a shortcut that a model may take without reading a cell.`;
  return [
    '<h2>Stain and shortcuts</h2>',
    `<p>${named}</p>`,
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
