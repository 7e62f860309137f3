import { vi } from 'vitest';
import { run } from '../program.ts';
import type { Outcome } from './run-cli.ts';

/** Runs the command in this process, in the folder `cwd`: for what ends before any work, a second sooner. */
export async function runHere(args: readonly string[], cwd = process.cwd()): Promise<Outcome> {
  const before = process.cwd();
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += chunk.toString();
      return true;
    }),
  );
  process.chdir(cwd);
  try {
    return { status: await run(args), ...written };
  } finally {
    process.chdir(before);
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}
