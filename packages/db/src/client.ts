import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { cleanConnectionError, cleanQueryErrors } from './query-error.ts';
import * as schema from './schema/index.ts';

cleanQueryErrors();

export type Schema = typeof schema;

/** What every query function takes: the database itself or a transaction of it. */
export type Queryable = PgDatabase<NodePgQueryResultHKT, Schema>;

export interface DatabaseHandle {
  readonly db: Queryable;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Says UNAVAILABLE where no connection can be had for a transaction; single statements are cleaned in drizzle. */
class Pool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void;
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    return super.connect().then(givenBackWhenLost, (error: unknown) => {
      throw cleanConnectionError(error);
    });
  }
}

/**
 * A connection that dies goes back to the pool by itself: drizzle forgets one on which even `begin` fails, and a pool that
 * loses one at each restart of the server is empty one day. Whoever holds it may release it all the same.
 */
function givenBackWhenLost(client: pg.PoolClient): pg.PoolClient {
  const release = client.release.bind(client);
  let isLost = false;
  const onEnd = () => {
    isLost = true;
    release(true);
  };
  client.once('end', onEnd);
  client.release = (error) => {
    client.off('end', onEnd);
    if (!isLost) release(error);
  };
  return client;
}

/**
 * Opens a pool on `url`. Connections are made when first needed, and lost ones are replaced, so a restarted
 * server is found again without help.
 */
export function createDatabase(url: string, options: { max?: number; name?: string } = {}): DatabaseHandle {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    application_name: options.name ?? 'blastwise',
  });
  // A connection that dies with the server, idle or in the middle of a transaction, must not take the process
  // along; whoever waits on it hears of it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
