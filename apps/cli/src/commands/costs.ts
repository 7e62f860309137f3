import { Command } from 'commander';
import { costsProposeCommand } from './costs-propose.ts';

export function costsCommand(): Command {
  return new Command('costs')
    .description('misclassification costs, learned from experts')
    .addCommand(costsProposeCommand());
}
