import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

const shim = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'bin', 'blastwise.mjs');

interface At {
  readonly dataDir: string;
  /** Of a PostgreSQL that somebody else runs. */
  readonly databaseUrl?: string;
}

const environment = ({ dataDir, databaseUrl = '' }: At): NodeJS.ProcessEnv => ({
  ...process.env,
  BLASTWISE_DATA_DIR: dataDir,
  DATABASE_URL: databaseUrl,
});

/** The command line at the server, beside the running product; `typed` is what it is told. Rejects where it fails. */
export async function blastwise(at: At, args: readonly string[], typed = ''): Promise<string> {
  const running = promisify(execFile)(process.execPath, [shim, ...args], { env: environment(at) });
  running.child.stdin?.end(typed);
  return (await running).stdout;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  /** What it wrote so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves with the exit status once all that it wrote is read. */
  readonly ended: Promise<number | null>;
}

/** The same while it runs, and whatever comes of it. */
export function startBlastwise(at: At, args: readonly string[], typed = ''): RunningCommand {
  const child = spawn(process.execPath, [shim, ...args], { env: environment(at) });
  child.stdin.end(typed);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      written[name] += chunk.toString();
    });
  const ended = once(child, 'close').then(() => child.exitCode);
  return Object.assign(written, { process: child, ended });
}
