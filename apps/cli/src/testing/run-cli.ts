import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { RESEARCH_NOTICE } from '@blastwise/contracts';

const shim = join(import.meta.dirname, '..', '..', 'bin', 'blastwise.mjs');

/** What every command that answers about fields, models or costs says last on stderr. */
export const NOTICE = `For ${RESEARCH_NOTICE}.\n`;

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The folder that a command runs in, and what is set beside the caller's environment. */
export interface Where {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command as a user would, through the linked shim. */
export function runCli(
  args: readonly string[],
  { cwd, stdin = '', env = {} }: Where & { readonly stdin?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [shim, ...args], { ...(cwd ? { cwd } : {}), env: withEnv(env) });
    const outcome: Outcome = { status: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      outcome.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      outcome.stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...outcome, status }));
    child.stdin.end(stdin);
  });
}

/** The test runner's own settings stay out of the child. */
function withEnv(env: Where['env']): NodeJS.ProcessEnv {
  // biome-ignore lint/style/noProcessEnv: a child process needs the caller's environment.
  const { NODE_OPTIONS: _options, VITEST: _vitest, ...inherited } = process.env;
  return { ...inherited, ...env };
}
