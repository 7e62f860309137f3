import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';

/** Socket paths end at about 100 bytes, so the data folder is named by its digest. */
function socketPath(dataDir: string): string {
  const name = `blastwise-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
    probe.once('connect', () => probe.destroy());
  });

/**
 * Holds a data folder for this process until it ends, however it ends: the operating system closes the socket
 * even after a kill -9, so no stale lock is ever left.
 * @throws DomainError CONFLICT where another process holds it.
 */
export async function holdDataFolder(dataDir: string): Promise<() => void> {
  const path = socketPath(dataDir);
  if (await answers(path)) {
    throw new DomainError('CONFLICT', `Blastwise is already running on ${dataDir}: stop that one first.`);
  }
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  server.unref();
  return () => server.close();
}
