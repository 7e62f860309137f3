import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { EngineName } from '@blastwise/model';
import { Command, Option } from 'commander';
import { readDecidingCosts, requireFolder, requireFree, requireOwn } from '../inputs/files.ts';
import {
  costsOption,
  dataOption,
  engineOption,
  forceOption,
  jsonOption,
  seedOption,
  splitOption,
  toPath,
  toPositiveInteger,
} from '../inputs/options.ts';
import { requireUsableSplit } from '../inputs/splits.ts';
import { phaseBars } from '../terminal/phases.ts';
import { say, sayJson } from '../terminal/print.ts';
import { UsageError } from '../usage.ts';

interface Options {
  data: string;
  split?: string;
  engine: EngineName;
  costs?: string;
  epochs?: number;
  folds: number;
  judged?: number;
  resume?: true;
  seed: number;
  out: string;
  force?: true;
  json?: true;
}

export function ablateCommand(): Command {
  return new Command('ablate')
    .description(
      'train the recipe with each of its parts taken away and judge all on the same fields: what each part gives',
    )
    .addOption(dataOption())
    .addOption(splitOption())
    .addOption(engineOption())
    .addOption(costsOption())
    .addOption(
      new Option('--epochs <number>', "epochs of every training (default: the recipe's)").argParser(
        toPositiveInteger,
      ),
    )
    .addOption(
      new Option('--folds <number>', 'folds that the groups are dealt to')
        .argParser(toPositiveInteger)
        .default(5),
    )
    .addOption(
      new Option('--judged <number>', 'how many of the folds are judged (default: all)').argParser(
        toPositiveInteger,
      ),
    )
    .addOption(new Option('--resume', 'go on with the run that was killed'))
    .addOption(seedOption())
    .addOption(
      new Option('--out <folder>', 'folder for ablation.json and ABLATION.md')
        .argParser(toPath)
        .makeOptionMandatory(),
    )
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async ({ costs: costsFile, force, json, ...options }: Options) => {
      if (options.folds < 2)
        throw new UsageError('--folds needs at least 2: one is judged, the rest is trained on.');
      if ((options.judged ?? 0) > options.folds)
        throw new UsageError('--judged cannot be more than --folds.');
      await requireFolder(options.data);
      await requireFree(options.out, force);
      await requireOwn(options.out, 'ablation.json');
      const costs = await readDecidingCosts(costsFile);
      await requireUsableSplit(options.data, options.split);
      const { ablate } = await import('@blastwise/model');
      const phases = phaseBars();
      try {
        const ablation = await ablate({
          ...options,
          costs,
          overwrite: force ?? false,
          onProgress: phases.show,
        });
        phases.end();
        if (json) sayJson({ out: options.out, ...ablation, notice: RESEARCH_NOTICE });
        else
          say(`${options.out}: ABLATION.md of ${ablation.variants.length} trainings, ${ablation.n} fields`);
      } finally {
        phases.end();
      }
    });
}
