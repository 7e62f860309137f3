import { Command } from 'commander';
import { datasetCounterfactualCommand } from './dataset-counterfactual.ts';
import { datasetInspectCommand } from './dataset-inspect.ts';
import { datasetSplitCommand } from './dataset-split.ts';

export function datasetCommand(): Command {
  return new Command('dataset')
    .description('look into a dataset, divide it, and copy it with a lying background')
    .addCommand(datasetInspectCommand())
    .addCommand(datasetSplitCommand())
    .addCommand(datasetCounterfactualCommand());
}
