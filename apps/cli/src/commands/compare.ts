import { basename, extname, join } from 'node:path';
import { DomainError, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { EngineName, Side, Split, SplitFile } from '@blastwise/model';
import { Command, Option } from 'commander';
import { type Candidate, readCandidates } from '../comparison/candidates.ts';
import type { Comparison, SplitComparison } from '../comparison/comparison.ts';
import { overviewTable } from '../comparison/markdown.ts';
import { obtainModel, type Training } from '../comparison/obtain.ts';
import { overviewOf } from '../comparison/overview.ts';
import { theStudy } from '../comparison/study.ts';
import { notesOf } from '../comparison/tables.ts';
import { COMPARISON_FILE, withoutCurves, writeReport } from '../comparison/write-report.ts';
import { readDecidingCosts, requireFolder, requireFree, requireOwn } from '../inputs/files.ts';
import {
  costsOption,
  dataOption,
  engineOption,
  forceOption,
  jsonOption,
  seedOption,
  toPath,
  toPositiveInteger,
} from '../inputs/options.ts';
import { readSplitFile, refuseCopies } from '../inputs/splits.ts';
import { complain, say, sayJson, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  data: string;
  split: string[];
  models: string[];
  engine: EngineName;
  costs?: string;
  epochs?: number;
  maskEpochs?: number;
  seed: number;
  out: string;
  resume?: true;
  force?: true;
  json?: true;
}

export function compareCommand(): Command {
  return new Command('compare')
    .description(
      "train and judge models on the same splits: one table of the study's columns with intervals, its figures beside ours, as Markdown and HTML with plots",
    )
    .addOption(dataOption())
    .addOption(
      new Option('--split <file>', 'split.json made by `blastwise dataset split`; may be given several times')
        .argParser((value, before: string[] | undefined) => [...(before ?? []), toPath(value)])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--models <list>',
        'with a comma between: names as `train --model` takes them are trained (from scratch where there are no ImageNet weights), folders of artifacts and `starter` are taken as they are',
      )
        .argParser((value) => value.split(',').map((name) => name.trim()))
        .makeOptionMandatory(),
    )
    .addOption(engineOption())
    .addOption(costsOption())
    .addOption(
      new Option('--epochs <number>', "epochs of networks (default: the recipe's)").argParser(
        toPositiveInteger,
      ),
    )
    .addOption(
      new Option('--mask-epochs <number>', "epochs of their masks (default: the recipe's)").argParser(
        toPositiveInteger,
      ),
    )
    .addOption(
      new Option('--out <folder>', 'folder for the report and the trained models')
        .argParser(toPath)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--resume',
        'keep the models that an earlier run into --out has trained on the same split, seed, costs and epochs',
      ),
    )
    .addOption(seedOption())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async ({ data, out, seed, resume, force, json, ...options }: Options) => {
      await requireFolder(data);
      await requireFree(out, force ?? resume);
      await requireOwn(out, COMPARISON_FILE);
      const costs = await readDecidingCosts(options.costs);
      const candidates = await readCandidates(options.models);
      const splits = await readSplits(data, options.split);
      const judged: SplitComparison[] = [];
      const comparison: Comparison = { seed, costs, splits: judged };
      const keep = (): Promise<void> => writeReport(out, comparison);
      await keep();
      for (const { name, file, split, fields } of splits) {
        const folder = join(out, 'models', name);
        const training = {
          data,
          file,
          split,
          folder,
          costs,
          seed,
          resume: resume ?? false,
          ...networkOptions(options),
        };
        const compared = emptyComparison(name, split, fields);
        judged.push(compared);
        for (const candidate of candidates) {
          await compareOne(candidate, training, fields, compared);
          await keep();
        }
      }
      if (comparison.splits.every(({ models }) => models.length === 0))
        throw new DomainError(
          'UNAVAILABLE',
          `None of the models could be run: ${out}/comparison.md says why.`,
        );
      if (json) sayJson({ out, ...withoutCurves(comparison), notice: RESEARCH_NOTICE });
      else await describe(out, comparison);
    });
}

const networkOptions = ({
  engine,
  epochs,
  maskEpochs,
}: Pick<Options, 'engine' | 'epochs' | 'maskEpochs'>) => ({
  engine,
  ...(epochs !== undefined && { epochs }),
  ...(maskEpochs !== undefined && { maskEpochs }),
});

interface NamedSplit {
  /** Name of the file, without its extension. */
  readonly name: string;
  readonly file: string;
  readonly split: Split;
  readonly fields: readonly SplitFile[];
}

/** Reads the splits and checks them against the folder, before any work. */
async function readSplits(data: string, files: readonly string[]): Promise<NamedSplit[]> {
  const { verifySplit } = await import('@blastwise/model');
  const splits: NamedSplit[] = [];
  for (const file of files) {
    const name = basename(file, extname(file));
    if (splits.some((split) => split.name === name))
      throw new UsageError(`Two splits are called ${name}: rename one of the files.`);
    const split = await readSplitFile(file);
    splits.push({ name, file, split, fields: await verifySplit(data, split) });
  }
  const read = splits.map(({ split }) => split);
  await withProgress('Comparing', (progress) => refuseCopies(data, read, progress));
  return splits;
}

const onSide = (fields: readonly SplitFile[], side: Side): SplitFile[] =>
  fields.filter((field) => field.side === side);

function emptyComparison(name: string, { strategy }: Split, fields: readonly SplitFile[]): SplitComparison {
  const test = onSide(fields, 'test');
  const groups = new Set(test.map(({ group }) => group)).size;
  return { split: name, strategy, fields: test.length, groups, models: [], skipped: [] };
}

/** Adds one model to the comparison, or the reason why it is not in it. */
async function compareOne(
  candidate: Candidate,
  training: Training,
  fields: readonly SplitFile[],
  { models, skipped }: SplitComparison,
): Promise<void> {
  const { measureModel } = await import('@blastwise/model');
  const { costs, seed } = training;
  try {
    const dir = await obtainModel(candidate, training);
    const figures = await withProgress(`Judging ${candidate.name}`, (onProgress) =>
      measureModel(dir, candidate.name, {
        test: onSide(fields, 'test'),
        train: onSide(fields, 'train'),
        costs,
        seed,
        onProgress,
      }),
    );
    models.push(figures);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    complain(`Not run: ${candidate.name}. ${error.message}`);
    skipped.push({ model: candidate.name, reason: error.message });
  }
}

async function describe(out: string, { splits }: Comparison): Promise<void> {
  const study = await theStudy();
  const { caption, rows } = overviewTable(overviewOf(splits, study));
  say(`${caption}\n${table(rows)}`);
  for (const note of notesOf(splits, study)) say(`- ${note}`);
  say(`${out}: comparison.md, comparison.html`);
}
