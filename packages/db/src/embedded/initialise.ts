import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { clusterName, spawnIn } from './spawn-server.ts';

/**
 * Makes the cluster when there is none. It is made beside and renamed at the end, so that an interruption leaves
 * nothing half done.
 */
export async function initialise(options: {
  folder: string;
  cluster: string;
  account: Account | null;
  binaries: Binaries;
  ownerPassword: string;
  log: string;
  durable: boolean;
}): Promise<void> {
  const { cluster, account } = options;
  if (await stat(join(cluster, 'PG_VERSION')).catch(() => null)) return;
  const attempt = randomUUID();
  const making = `${cluster}.${attempt}`;
  const passwordFile = join(options.folder, `password.${attempt}`);
  const password = await open(passwordFile, 'wx+', 0o600);
  try {
    await password.write(`${options.ownerPassword}\n`);
    await mkdir(making, { mode: 0o700 });
    if (account) {
      await password.chown(account.uid, account.gid);
      await chown(making, account.uid, account.gid);
    }
    const child = await spawnIn(
      options.binaries.initdb,
      [
        `--pgdata=${clusterName(making, account)}`,
        '--username=blastwise',
        '--auth=scram-sha-256',
        `--pwfile=${account && platform() === 'linux' ? '/proc/self/fd/3' : passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(options.durable ? [] : ['--no-sync']),
      ],
      { cluster: making, account, log: options.log, extraFd: password.fd },
    );
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    if (code !== 0) {
      throw new DomainError(
        'UNAVAILABLE',
        `The embedded database could not be made; its log is ${options.log}.`,
      );
    }
    // Another process may have been faster: then its cluster stands.
    await rename(making, cluster).catch(() => undefined);
  } finally {
    await password.close();
    await rm(passwordFile, { force: true });
    await rm(making, { recursive: true, force: true });
  }
}
