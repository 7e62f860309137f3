import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DomainError } from '@blastwise/contracts';

const SQLITE_BUSY = 5;

/** Referenced, so that none is collected and its lock lost. */
const held = new Set<DatabaseSync>();

/**
 * Holds a data folder for this process until it ends, however it ends: the lock is the operating system's, on the
 * file `running.lock` in the folder, taken in one step and gone even after a kill -9. SQLite takes it, as Node has no
 * call of its own for that.
 * @throws DomainError CONFLICT where another process holds it.
 */
export function holdDataFolder(dataDir: string): () => void {
  const lock = new DatabaseSync(join(dataDir, 'running.lock'));
  try {
    lock.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!(cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY)) throw cause;
    throw new DomainError('CONFLICT', `Blastwise is already running on ${dataDir}: stop that one first.`, {
      cause,
    });
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) lock.close();
  };
}
