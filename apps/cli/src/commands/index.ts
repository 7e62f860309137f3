import type { Command } from 'commander';
import { datasetCommand } from './dataset.ts';
import { evaluateCommand } from './evaluate.ts';
import { predictCommand } from './predict.ts';

/** Every command of the program, in the order of its help. */
export const COMMANDS: readonly Command[] = [datasetCommand(), evaluateCommand(), predictCommand()];
