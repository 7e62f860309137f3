import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const shim = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'bin', 'blastwise.mjs');

interface At {
  readonly dataDir: string;
  /** Of a PostgreSQL that somebody else runs. */
  readonly databaseUrl?: string;
}

/** The command line at the server, beside the running product; `typed` is what it is told. Rejects where it fails. */
export async function blastwise(
  { dataDir, databaseUrl = '' }: At,
  args: readonly string[],
  typed = '',
): Promise<string> {
  const running = promisify(execFile)(process.execPath, [shim, ...args], {
    env: { ...process.env, BLASTWISE_DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
  });
  running.child.stdin?.end(typed);
  return (await running).stdout;
}
