import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Command } from 'commander';
import { complain } from './print.ts';

/** Beside whatever the command and those below it answer, and in their help: what the answers are for (R22). */
export const forResearch = (command: Command): Command =>
  command
    .addHelpText('afterAll', `\nFor ${RESEARCH_NOTICE}.`)
    .hook('postAction', () => complain(`For ${RESEARCH_NOTICE}.`));
