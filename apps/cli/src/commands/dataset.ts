import { Command } from 'commander';
import { datasetAugmentCommand } from './dataset-augment.ts';
import { datasetCounterfactualCommand } from './dataset-counterfactual.ts';
import { datasetGenerateCommand } from './dataset-generate.ts';
import { datasetInspectCommand } from './dataset-inspect.ts';
import { datasetSplitCommand } from './dataset-split.ts';

export function datasetCommand(): Command {
  return new Command('dataset')
    .description('look into a dataset, divide it, augment it, copy it with a lying background, or draw one')
    .addCommand(datasetInspectCommand())
    .addCommand(datasetSplitCommand())
    .addCommand(datasetAugmentCommand())
    .addCommand(datasetCounterfactualCommand())
    .addCommand(datasetGenerateCommand());
}
