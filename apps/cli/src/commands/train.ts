import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { ClassicalModel, EngineName, FineTuning, TrainableModel } from '@blastwise/model';
import { Command, Option } from 'commander';
import { readExternalSets } from '../inputs/external.ts';
import { readDecidingCosts, requireFile, requireFolder, requireFree, requireOwn } from '../inputs/files.ts';
import {
  costsOption,
  dataOption,
  engineOption,
  externalOption,
  forceOption,
  jsonOption,
  seedOption,
  splitOption,
  toPath,
  toPositiveInteger,
} from '../inputs/options.ts';
import { requireUsableSplit } from '../inputs/splits.ts';
import { weightsFolder } from '../inputs/weights.ts';
import { phaseBars } from '../terminal/phases.ts';
import { say, sayJson } from '../terminal/print.ts';
import { CLASSICAL, isClassical, refuseNetworkOptions } from '../training/classical.ts';
import { NETWORKS } from '../training/networks.ts';

interface Options {
  model: TrainableModel | ClassicalModel;
  data: string;
  fineTune?: FineTuning;
  variant?: 'published';
  augmentation?: 'published';
  fromScratch?: true;
  weights?: string;
  about?: string;
  split?: string;
  engine: EngineName;
  costs?: string;
  epochs?: number;
  maskEpochs?: number;
  folds?: number;
  resume?: true;
  external?: string;
  seed: number;
  out: string;
  force?: true;
  json?: true;
}

const FINE_TUNING = ['head', 'upper', 'whole'] as const satisfies readonly FineTuning[];

export function trainCommand(): Command {
  return new Command('train')
    .description('train a model and write its artifact; a killed run goes on with --resume')
    .addOption(
      new Option('--model <name>', 'what to train: a network, or one of the classical systems')
        .choices([...CLASSICAL, ...NETWORKS])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--fine-tune <part>',
        'what of the backbone to train beside the head: nothing, above where the study froze it, or all (default: what the engine can)',
      ).choices(FINE_TUNING),
    )
    .addOption(
      new Option(
        '--variant <name>',
        "the study's U-Net and head, of 205 million weights, instead of ours",
      ).choices(['published']),
    )
    .addOption(
      new Option(
        '--augmentation <name>',
        "the study's turns, shifts and zooms instead of our views, whose backgrounds lie (see `dataset augment --sheet`)",
      ).choices(['published']),
    )
    .addOption(
      new Option(
        '--weights <file>',
        "the backbone's weights (default: those of `blastwise weights fetch` or `weights import`)",
      )
        .argParser(toPath)
        .conflicts('fromScratch'),
    )
    .addOption(new Option('--from-scratch', "draw the backbone's weights instead of loading any"))
    .addOption(dataOption())
    .option('--about <text>', 'origin of the fields and how their stages were confirmed, for the model card')
    .addOption(splitOption())
    .addOption(engineOption())
    .addOption(costsOption())
    .addOption(
      new Option('--epochs <number>', "epochs of the stages (default: the recipe's)").argParser(
        toPositiveInteger,
      ),
    )
    .addOption(
      new Option('--mask-epochs <number>', "epochs of the masks (default: the recipe's)").argParser(
        toPositiveInteger,
      ),
    )
    .addOption(
      new Option(
        '--folds <number>',
        'also judge every field by a training that never saw its group, over this many folds',
      ).argParser(toPositiveInteger),
    )
    .addOption(new Option('--resume', 'go on with the run that was killed'))
    .addOption(externalOption())
    .addOption(seedOption())
    .addOption(new Option('--out <folder>', 'artifact to write').argParser(toPath).makeOptionMandatory())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async ({ costs: costsFile, weights, fineTune, force, json, model, ...options }: Options) => {
      if (isClassical(model)) refuseNetworkOptions(model, { ...options, weights, fineTune });
      if (weights) await requireFile(weights);
      await requireFolder(options.data);
      await requireFree(options.out, force);
      await requireOwn(options.out, 'model.json');
      const costs = await readDecidingCosts(costsFile);
      await requireUsableSplit(options.data, options.split);
      await readExternalSets(options.external);
      const { train, trainClassical } = await import('@blastwise/model');
      const phases = phaseBars();
      try {
        const asked = { ...options, costs, overwrite: force ?? false, onProgress: phases.show };
        const { dir, digest, run } = await (isClassical(model)
          ? trainClassical({ ...asked, model })
          : train({
              ...asked,
              model,
              ...(fineTune && { fineTuning: fineTune }),
              ...(weights && { backboneWeights: weights }),
              weightsFolder: weightsFolder(),
            }));
        phases.end();
        const { engine, seconds, test } = run;
        if (json) sayJson({ out: dir, digest, engine, seconds, test, notice: RESEARCH_NOTICE });
        else say(`${dir}: model ${digest.slice(0, 12)}, trained on ${engine.name}`);
      } finally {
        phases.end();
      }
    });
}
