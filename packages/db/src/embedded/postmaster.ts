import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Postmaster {
  readonly pid: number;
  readonly port: number | null;
}

/** What postmaster.pid says (line 1 the process, line 4 the port); null without the file. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = text?.split('\n') ?? [];
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const port = Number.parseInt(lines[3] ?? '', 10);
  return Number.isNaN(pid) ? null : { pid, port: Number.isNaN(port) ? null : port };
}

/** A process that ended and that nobody collected yet (a zombie) counts as dead. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(stat);
}

/**
 * False when the number was given to another program since, as after a restart of the machine or container, or to a
 * PostgreSQL that works in another folder. Where it cannot be told, true.
 */
export async function isPostgresOn(cluster: string, pid: number): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => null);
  if (command !== null && !command.trim().startsWith('postgres')) return false;
  const [own, its] = await Promise.all(
    [cluster, `/proc/${pid}/cwd`].map((path) => stat(path).catch(() => null)),
  );
  return !own || !its || (own.dev === its.dev && own.ino === its.ino);
}
