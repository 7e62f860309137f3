import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { COMMANDS } from './commands/index.ts';
import { sentenceOf } from './sentence-of.ts';
import { complain } from './terminal/print.ts';
import { UsageError } from './usage.ts';

/** Exit statuses of every command. */
const OK = 0;
const FAILED = 1;
const BAD_USAGE = 2;

function buildProgram(): Command {
  const program = new Command('blastwise')
    .description(`Trains, measures and runs the leukemia field classifier (${RESEARCH_NOTICE}).`)
    .version(manifest.version, '--version', 'say which version this is')
    .showHelpAfterError('Add --help to see what the command takes.')
    .exitOverride();
  for (const command of COMMANDS) program.addCommand(inherit(command, program));
  return program;
}

/** Commands are made apart from the program, so its settings are handed down by hand. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
  return command;
}

/** Runs one command line (without node and script) and returns its exit status. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? OK);
  } catch (error) {
    // Commander has said what is wrong already; help and version end with status 0.
    if (error instanceof CommanderError) return error.exitCode === OK ? OK : BAD_USAGE;
    complain(sentenceOf(error));
    return error instanceof UsageError ? BAD_USAGE : FAILED;
  }
}
