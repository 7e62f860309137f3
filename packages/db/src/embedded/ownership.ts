import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DATABASE } from './place.ts';

/** Any number will do; it must stay the same. */
export const LOCK = 0x62_6c_61_73;

/**
 * Takes the cluster for this process: an advisory lock on a connection of its own, which the server gives back by
 * itself when the process dies in whatever way. Null when another process holds it.
 */
export async function takeOwnership(url: string, patienceMs: number): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'blastwise owner' });
  client.on('error', () => undefined);
  await client.connect();
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      LOCK,
    ]);
    if (rows[0]?.taken === true) return client;
    if (Date.now() >= deadline) break;
    await sleep(100);
  }
  await client.end();
  return null;
}

/** Whether the server answers to our password. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the product's database in a new cluster. */
export async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`);
}
