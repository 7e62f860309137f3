import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DomainError } from '@blastwise/contracts';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { installQueues } from '../jobs/install.ts';
import * as schema from '../schema/index.ts';
import { ensureAppRole } from './app-role.ts';
import { seed } from './seed.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const ACCESS = fileURLToPath(new URL('./access.sql', import.meta.url));
const LOCK = "hashtextextended('blastwise migrate', 0)";

/** The hashes of this version's migrations, in their order. */
export const knownMigrations = (): string[] =>
  readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ hash }) => hash);

/**
 * Brings the database of `ownerUrl` to the present schema: tables, job queues, roles, grants, triggers and the
 * first rows (study's matrix as version 1, settings). Idempotent, one at a time (advisory lock). The application
 * role is made when missing; `appPassword` sets its password.
 */
export async function migrate(ownerUrl: string, options: { appPassword?: string } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'blastwise migrate' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw new DomainError('UNAVAILABLE', 'The database cannot be reached.', { cause });
  }
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`);
    const db = drizzle(client, { schema });
    await ensureAppRole(client, options.appPassword);
    await runMigrations(db, { migrationsFolder: MIGRATIONS });
    await installQueues(ownerUrl);
    const access = await readFile(ACCESS, 'utf8');
    await db.transaction(async (tx) => {
      await tx.execute(access);
      await seed(tx);
    });
  } finally {
    await client.end();
  }
}
