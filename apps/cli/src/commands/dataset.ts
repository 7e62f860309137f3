import { Command } from 'commander';
import { datasetInspectCommand } from './dataset-inspect.ts';
import { datasetSplitCommand } from './dataset-split.ts';

export function datasetCommand(): Command {
  return new Command('dataset')
    .description('look into a dataset and divide it')
    .addCommand(datasetInspectCommand())
    .addCommand(datasetSplitCommand());
}
