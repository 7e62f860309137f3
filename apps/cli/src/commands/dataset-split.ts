import { writeFile } from 'node:fs/promises';
import { MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Grouping, Split, SplitStrategy } from '@blastwise/model';
import { Command, Option } from 'commander';
import { makeFolderFor, requireFolder, requireFree } from '../inputs/files.ts';
import { forceOption, jsonOption, seedOption, toPath, toPositiveInteger } from '../inputs/options.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  strategy: SplitStrategy;
  groups: Grouping;
  out: string;
  folds: number;
  fold: number;
  seed: number;
  force?: true;
  json?: true;
}

const GROUPINGS = ['neighbours', 'looks'] as const satisfies readonly Grouping[];
const SIDES = ['train', 'validation', 'calibration', 'test'] as const;

export function datasetSplitCommand(): Command {
  return new Command('split')
    .description('divide a dataset into train, validation and test; groups stay whole unless random')
    .argument('<folder>', 'dataset with one folder per stage', toPath)
    .addOption(
      new Option('--strategy <name>', 'random (as published; leaks), grouped or kfold')
        .choices(['random', 'grouped', 'kfold'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--groups <kind>',
        'neighbours: near-duplicates and look-alikes close in number; looks: all that look alike',
      )
        .choices(GROUPINGS)
        .default('neighbours'),
    )
    .addOption(new Option('--out <file>', 'split.json to write').argParser(toPath).makeOptionMandatory())
    .addOption(new Option('--folds <number>', 'folds of kfold').argParser(toPositiveInteger).default(5))
    .addOption(
      new Option('--fold <number>', 'fold, from 1, that is the test side')
        .argParser(toPositiveInteger)
        .default(1),
    )
    .addOption(seedOption())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (folder: string, options: Options) => {
      if (options.strategy === 'kfold' && options.folds < 3) throw new UsageError('Take at least 3 folds.');
      if (options.fold > options.folds) throw new UsageError(`There is no fold ${options.fold}.`);
      await requireFolder(folder);
      await requireFree(options.out, options.force);
      const { inspectDataset, splitDataset, withTestFold } = await import('@blastwise/model');
      const dataset = await withProgress('Inspecting', (progress) =>
        inspectDataset(folder, progress, options.groups),
      );
      const made = splitDataset(dataset, options);
      const split = options.strategy === 'kfold' ? withTestFold(made, options.fold - 1) : made;
      await makeFolderFor(options.out);
      await writeFile(options.out, `${JSON.stringify(split, null, 1)}\n`);
      if (options.json) sayJson({ out: options.out, ...summarise(split), notice: RESEARCH_NOTICE });
      else describe(split);
    });
}

function summarise({ strategy, seed, fields }: Split) {
  const counts = Object.fromEntries(
    SIDES.map((side) => [
      side,
      Object.fromEntries(
        MATURITY_STAGES.map((stage) => [
          stage,
          fields.filter((field) => field.side === side && field.stage === stage).length,
        ]),
      ),
    ]),
  );
  return { strategy, seed, fields: fields.length, groups: new Set(fields.map((f) => f.group)).size, counts };
}

function describe(split: Split): void {
  const { counts, fields, groups } = summarise(split);
  say(`${fields} fields in ${groups} groups`);
  say(
    table([
      ['side', ...MATURITY_STAGES],
      ...SIDES.map((side) => [side, ...MATURITY_STAGES.map((stage) => `${counts[side]?.[stage] ?? 0}`)]),
    ]),
  );
}
