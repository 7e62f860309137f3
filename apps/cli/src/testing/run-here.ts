import { vi } from 'vitest';
import { run } from '../program.ts';
import type { Outcome, Where } from './run-cli.ts';

const HOME = process.cwd();

/**
 * Runs the command in this process, seconds sooner than `runCli`: for what a command answers, where another test shows
 * that the command ends well as a process of its own. One at a time, as folder, environment and streams are the process's.
 */
export async function runHere(
  args: readonly string[],
  { cwd = HOME, env = {} }: Where = {},
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += chunk.toString();
      return true;
    }),
  );
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  process.chdir(cwd);
  try {
    return { status: await run(args), ...written };
  } finally {
    process.chdir(HOME);
    process.exitCode = undefined;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
