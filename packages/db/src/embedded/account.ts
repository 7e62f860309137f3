import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DomainError } from '@blastwise/contracts';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root; root therefore runs it as somebody else. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

async function lookUp(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

async function createPostgres(): Promise<Account | null> {
  try {
    await run('groupadd', ['--system', 'postgres']).catch(() => undefined);
    await run('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres']);
    return await lookUp('postgres');
  } catch {
    return null;
  }
}

/**
 * The account to run as: null for the present one. A cluster that exists decides by its owner; otherwise the user
 * postgres, made when missing, or nobody where none can be made.
 */
export async function serverAccount(cluster: string): Promise<Account | null> {
  const own = process.getuid?.();
  if (own === undefined) return null;
  const existing = await stat(cluster).catch(() => null);
  if (own !== 0) {
    if (existing && existing.uid !== own) {
      throw new DomainError(
        'FORBIDDEN',
        `The database in ${cluster} belongs to another user of this machine.`,
      );
    }
    return null;
  }
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const account = (await lookUp('postgres')) ?? (await createPostgres()) ?? (await lookUp('nobody'));
  if (!account) {
    throw new DomainError(
      'UNAVAILABLE',
      'PostgreSQL cannot run as root, and no other user could be found or made for it.',
    );
  }
  return account;
}
