import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { cleanQueryErrors } from './queryError.ts';
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

/**
 * Opens a pool on `url`. Connections are made when first needed, and lost ones are replaced, so a restarted
 * server is found again without help.
 */
export function createDatabase(url: string, options: { max?: number; name?: string } = {}): DatabaseHandle {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    application_name: options.name ?? 'blastwise',
  });
  // An idle connection that dies with the server must not take the process along.
  pool.on('error', () => undefined);
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
