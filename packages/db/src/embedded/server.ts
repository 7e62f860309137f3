import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@blastwise/contracts';
import { answers } from './ownership.ts';
import { ownerUrlOf, type Place } from './place.ts';
import { freePort } from './port.ts';
import { isAlive, isPostgresOn, readPostmaster } from './postmaster.ts';
import { clusterName, spawnIn } from './spawn-server.ts';

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // R17: neither statements nor the values of a refused row reach the log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  // Containers often give little shared memory, which parallel queries would need.
  max_parallel_workers_per_gather: '0',
};
const FAST_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const SETTLE_MS = 15_000;
const START_MS = 60_000;
const STOP_MS = 15_000;

const answersOn = (place: Place, port: number) => answers(ownerUrlOf(place, port, 'postgres'));

/** A server that runs on the cluster already, or null; waits for one that is just starting or stopping. */
export async function runningServer(place: Place): Promise<RunningServer | null> {
  for (const deadline = Date.now() + SETTLE_MS; ; await sleep(50)) {
    const found = await readPostmaster(place.cluster);
    if (!found) return null;
    if (found.port !== null && (await answersOn(place, found.port)))
      return { pid: found.pid, port: found.port };
    if (!(await isPostgresOn(place.cluster, found.pid))) {
      // PostgreSQL clears a dead process's file by itself, but not one whose number another program has by now.
      if (await isAlive(found.pid)) await rm(join(place.cluster, 'postmaster.pid'), { force: true });
      return null;
    }
    if (Date.now() > deadline) {
      throw new DomainError(
        'CONFLICT',
        `A PostgreSQL server (process ${found.pid}) holds ${place.folder} and does not answer.`,
      );
    }
  }
}

/** Starts a server; null when it ended at once, as when another one was faster or the port was taken. */
async function tryLaunch(place: Place, port: number, durable: boolean): Promise<RunningServer | null> {
  const settings = { ...SETTINGS, ...(durable ? {} : FAST_SETTINGS) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const cluster = clusterName(place.cluster, place.account);
  const child = await spawnIn(
    place.binaries.postgres,
    ['-D', cluster, '-p', String(port), ...options],
    place,
  );
  child.unref();
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await sleep(40)) {
    if (child.exitCode !== null || child.signalCode !== null) return null;
    if (child.pid !== undefined && (await answersOn(place, port))) return { pid: child.pid, port };
  }
  child.kill('SIGQUIT');
  return null;
}

/** Starts a server on `port`, or on a free one. */
export async function launch(
  place: Place,
  port: number | undefined,
  durable: boolean,
): Promise<RunningServer> {
  // After a kill of the old server its children may hold its memory for a moment: hence several tries.
  for (let tries = 0; tries < 8; tries++) {
    const started = await tryLaunch(place, port ?? (await freePort()), durable);
    if (started) return started;
    const other = await runningServer(place);
    if (other) return other;
    await sleep(250);
  }
  throw new DomainError('UNAVAILABLE', `The embedded database did not start; its log is ${place.log}.`);
}

/** Fast shutdown, then an immediate one if that takes too long. */
export async function shutDown(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!(await isAlive(pid))) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      // Ended since it was looked at.
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
      throw error;
    }
    for (const deadline = Date.now() + STOP_MS; Date.now() < deadline; await sleep(20)) {
      if (!(await isAlive(pid))) return;
    }
  }
}
