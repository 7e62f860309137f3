import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { AugmentationSet, Rebalanced } from '@blastwise/model';
import { Command, Option } from 'commander';
import { contactSheet } from '../dataset/contact-sheet.ts';
import { makeFolderFor, replacing, requireFolder, requireFree, requireOwn } from '../inputs/files.ts';
import { forceOption, jsonOption, seedOption, toPath, toPositiveInteger } from '../inputs/options.ts';
import { readSplitFile } from '../inputs/splits.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  split: string;
  sheet?: string;
  fields: number;
  out?: string;
  set: AugmentationSet;
  seed: number;
  force?: true;
  json?: true;
}

/** Named here as well, so that --help need not load the networks; the types keep the lists equal. */
const SETS = ['published', 'ours'] as const satisfies readonly AugmentationSet[];
/** Says what every copy was made from; by it a rebalanced folder is known when it is to be replaced. */
const RECORD = 'augmentation.json';

export function datasetAugmentCommand(): Command {
  return new Command('augment')
    .description(
      "show the study's augmentation and ours on a contact sheet (--sheet), or write a folder to train on whose stages are brought to one count by augmented copies of the train side's fields (--out)",
    )
    .argument('<folder>', 'dataset with one folder per stage', toPath)
    .addOption(
      new Option(
        '--split <file>',
        'split.json made by `blastwise dataset split`: its train side is augmented',
      )
        .argParser(toPath)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--sheet <file>', 'contact sheet to write, as HTML').argParser(toPath))
    .addOption(
      new Option('--fields <number>', 'fields of each stage on the sheet')
        .argParser(toPositiveInteger)
        .default(2),
    )
    .addOption(
      new Option(
        '--out <folder>',
        "rebalanced folder to write: the split's fields, the copies, a split.json over both, and augmentation.json",
      ).argParser(toPath),
    )
    .addOption(new Option('--set <name>', 'whose augmentation the copies get').choices(SETS).default('ours'))
    .addOption(seedOption())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (folder: string, options: Options) => {
      const { sheet, out, set, force, json } = options;
      if (sheet === undefined && out === undefined) throw new UsageError('Name --sheet, --out or both.');
      await requireFolder(folder);
      if (sheet !== undefined) await requireFree(sheet, force);
      if (out !== undefined) {
        await requireFree(out, force);
        await requireOwn(out, RECORD);
      }
      await readSplitFile(options.split);
      if (sheet !== undefined) await writeSheet(folder, sheet, options);
      const made = out === undefined ? null : await writeFolder(folder, out, options);
      if (json)
        sayJson({ ...(sheet && { sheet }), ...(made && { out, set, ...made }), notice: RESEARCH_NOTICE });
      else describe(options, made);
    });
}

async function writeSheet(folder: string, sheet: string, { split, fields, seed }: Options): Promise<void> {
  const { drawSheet } = await import('@blastwise/model');
  const read = await readSplitFile(split);
  const rows = await withProgress('Drawing', (onProgress) =>
    drawSheet(folder, read, { perStage: fields, seed, onProgress }),
  );
  await makeFolderFor(sheet);
  await writeFile(sheet, await contactSheet(rows));
}

async function writeFolder(folder: string, out: string, { split, set, seed }: Options): Promise<Rebalanced> {
  const { writeRebalanced } = await import('@blastwise/model');
  const read = await readSplitFile(split);
  return withProgress('Writing', (onProgress) =>
    replacing(out, async () => {
      const made = await writeRebalanced(folder, read, out, { set, seed, onProgress });
      const record = { set, seed, ...made, notice: RESEARCH_NOTICE };
      await writeFile(join(out, RECORD), `${JSON.stringify(record, null, 1)}\n`);
      return made;
    }),
  );
}

function describe({ sheet, out, set }: Options, made: Rebalanced | null): void {
  if (sheet !== undefined) say(`${sheet}: contact sheet`);
  if (made === null) return;
  const rows = made.perStage.map(({ stage, fields, copies }) => [stage, `${fields}`, `${copies}`]);
  say(table([['stage', 'fields to train on', `copies (${set})`], ...rows]));
  say(`${out}: train on it with --data ${out} --split ${join(out ?? '', 'split.json')}`);
}
