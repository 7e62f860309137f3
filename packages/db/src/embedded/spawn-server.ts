import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { platform } from 'node:os';
import type { Account } from './account.ts';

/** A clean environment: nothing of the caller's locale or PG* variables reaches the server. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' } as const;

/**
 * How the server's own account names the cluster. On Linux it is the working folder, reached without walking
 * down the path, so that the data may lie below a folder which that account cannot enter.
 */
export const clusterName = (cluster: string, account: Account | null): string =>
  account !== null && platform() === 'linux' ? '/proc/self/cwd' : cluster;

/** Starts a program in the cluster's folder as `account`, its output appended to the log, in its own process group. */
export async function spawnIn(
  program: string,
  args: readonly string[],
  options: { cluster: string; account: Account | null; log: string; extraFd?: number },
): Promise<ChildProcess> {
  const log = await open(options.log, 'a', 0o600);
  try {
    const spawnOptions: SpawnOptions = {
      cwd: options.cluster,
      // Apart from the terminal's Ctrl-C: the caller stops the server last, after everything that uses it.
      detached: true,
      env: ENVIRONMENT,
      stdio: ['ignore', log.fd, log.fd, ...(options.extraFd === undefined ? [] : [options.extraFd])],
      ...(options.account ?? {}),
    };
    const child = spawn(program, args, spawnOptions);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    return child;
  } finally {
    await log.close();
  }
}
