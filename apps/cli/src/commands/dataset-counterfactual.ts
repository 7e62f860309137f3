import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { CounterfactualKind } from '@blastwise/model';
import { Command, Option } from 'commander';
import { replacing, requireFolder, requireFree, requireOwn } from '../inputs/files.ts';
import { forceOption, jsonOption, seedOption, toPath } from '../inputs/options.ts';
import { complain, say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  kind: CounterfactualKind;
  donors?: string;
  out: string;
  seed: number;
  force?: true;
  json?: true;
}

/** Named here as well, so that --help need not load the networks; the types keep the lists equal. */
const KINDS = [
  'recoloured',
  'grey',
  'cell-less',
  'cells-only',
] as const satisfies readonly CounterfactualKind[];
/** Says what the copies are; by it a folder of copies is known when it is to be replaced. */
const RECORD = 'counterfactual.json';

export function datasetCounterfactualCommand(): Command {
  return new Command('counterfactual')
    .description(
      'write copies of a dataset whose background lies, or whose cells are gone, under the same names; ' +
        'names of JPEG files get JPEG of quality 100, which moves values by a few levels, all others are lossless',
    )
    .argument('<folder>', 'dataset with one folder per stage', toPath)
    .addOption(new Option('--kind <name>', 'what the copies show').choices(KINDS).makeOptionMandatory())
    .addOption(
      new Option('--donors <folder>', 'dataset whose backgrounds recoloured copies take').argParser(toPath),
    )
    .addOption(new Option('--out <folder>', 'folder for the copies').argParser(toPath).makeOptionMandatory())
    .addOption(seedOption())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (folder: string, { kind, donors, out, seed, force, json }: Options) => {
      if (kind === 'recoloured' && donors === undefined)
        throw new UsageError('Recoloured copies need --donors.');
      await requireFolder(folder);
      if (donors !== undefined) await requireFolder(donors);
      await requireFree(out, force);
      await requireOwn(out, RECORD);
      const { writeCopies } = await import('@blastwise/model');
      const made = await withProgress('Copying', (onProgress) =>
        replacing(out, async () => {
          const copies = await writeCopies(folder, out, {
            kind,
            seed,
            onProgress,
            ...(donors === undefined ? {} : { donors }),
          });
          const record = { kind, seed, ...copies, notice: RESEARCH_NOTICE };
          await writeFile(join(out, RECORD), `${JSON.stringify(record, null, 1)}\n`);
          return copies;
        }),
      );
      if (made.lossy > 0)
        complain(
          `${made.lossy} copies are JPEG, as their names say: their values may differ by a few levels.`,
        );
      if (json) sayJson({ out, kind, seed, ...made, notice: RESEARCH_NOTICE });
      else say(`${made.fields} fields, ${kind}, in ${out}`);
    });
}
