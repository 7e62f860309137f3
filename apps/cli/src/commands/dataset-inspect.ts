import { writeFile } from 'node:fs/promises';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { Command, Option } from 'commander';
import { drawPictures } from '../dataset/pictures.ts';
import { drawPlots } from '../dataset/plots.ts';
import { datasetReport } from '../dataset/report.ts';
import { type DatasetSummary, summarise } from '../dataset/summary.ts';
import { makeFolderFor, requireFolder, requireFree } from '../inputs/files.ts';
import { forceOption, jsonOption, seedOption, toPath } from '../inputs/options.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

interface Options {
  report?: string;
  seed: number;
  force?: true;
  json?: true;
}

export function datasetInspectCommand(): Command {
  return new Command('inspect')
    .description(
      'count fields, sizes, duplicates and look-alike groups; measure stain, scale bars, shortcuts and what lies in Segmented/',
    )
    .argument('<folder>', 'dataset with one folder per stage', toPath)
    .addOption(new Option('--report <file>', 'HTML with pictures and plots to write').argParser(toPath))
    .addOption(seedOption())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (folder: string, { report, seed, force, json }: Options) => {
      await requireFolder(folder);
      if (report !== undefined) await requireFree(report, force);
      const { inspectDataset, measureSurroundings, segmentedCoverage } = await import('@blastwise/model');
      const dataset = await withProgress('Inspecting', (progress) => inspectDataset(folder, progress));
      const surroundings = await withProgress('Measuring', (progress) => {
        let done = 0;
        return measureSurroundings(dataset.fields, () => progress(++done, dataset.fields.length));
      });
      const segmented = await withProgress('Reading Segmented/', (progress) => {
        let done = 0;
        return segmentedCoverage(folder, dataset.fields, () => progress(++done, dataset.fields.length));
      });
      const summary = await summarise(dataset, surroundings, segmented, seed);
      if (report !== undefined) {
        await makeFolderFor(report);
        await writeFile(
          report,
          datasetReport(summary, drawPlots(dataset, surroundings), await drawPictures(dataset)),
        );
      }
      if (json) sayJson({ ...summary, notice: RESEARCH_NOTICE });
      else describe(summary);
    });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const colour = (rgb: readonly number[] | null): string =>
  rgb === null ? '-' : rgb.map((value) => value.toFixed(0)).join(' ');

const GROUPED_HOW =
  'A group is near-duplicates, and fields of one stage that look alike (background, stain) and are at most 12 files apart; --json lists its fields, --report shows the largest';

function describe(summary: DatasetSummary): void {
  const { fields, perStage, sizes, duplicates, groups, stain, scaleBar, backgroundNamesStage, segmented } =
    summary;
  say(`${fields} fields in ${groups} look-alike groups`);
  say(GROUPED_HOW);
  say(
    table([
      ['stage', 'fields', 'groups', 'largest group'],
      ...perStage.map((row) => [row.stage, `${row.fields}`, `${row.groups}`, `${row.largestGroup}`]),
    ]),
  );
  for (const [size, n] of Object.entries(sizes)) say(`${n} of ${size} pixels`);
  say(
    `${duplicates.sameBytes} pairs of equal files, ${duplicates.samePixels} of equal pixels, ` +
      `${duplicates.near} near-duplicates; ${duplicates.acrossStages} pairs across stages`,
  );
  say('');
  say(
    table([
      ['stage', 'background RGB', 'spread', 'white cells RGB', 'their area', 'white bar', 'red bar'],
      ...stain.map(({ stage, background, whiteCells, cellShare }, i) => [
        stage,
        colour(background.mean),
        colour(background.spread),
        colour(whiteCells),
        percent(cellShare),
        percent(scaleBar[i]?.scaleBar.white ?? 0),
        percent(scaleBar[i]?.scaleBar.red ?? 0),
      ]),
    ]),
  );
  if (backgroundNamesStage !== null) {
    const { random, grouped, chance } = backgroundNamesStage;
    say(
      `The colours beside the white cells alone name the stage of ${percent(random)} of unseen fields, ` +
        `of ${percent(grouped)} where the look was unseen too (always the most frequent stage: ${percent(chance)})`,
    );
  }
  if (segmented.length > 0) {
    const rows = segmented.map(({ stage, files, of, shown, nearlyEmpty }) => [
      stage,
      `${files} of ${of}`,
      shown === null ? '-' : percent(shown),
      `${nearlyEmpty}`,
    ]);
    say('');
    say(table([['stage', 'pictures in Segmented/', 'of a field shown', 'below 1 %'], ...rows]));
  }
}
