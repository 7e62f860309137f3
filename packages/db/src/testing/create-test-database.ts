import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, type Queryable } from '../client.ts';
import { appUrl, migrate } from '../migrate/index.ts';
import { startTestServer, type TestServer } from './server.ts';

/** Known to every test process of a run; the servers are throw-away and on 127.0.0.1. */
const APP_PASSWORD = 'blastwise-test-application';
const TEMPLATE = 'blastwise_test_template';

export interface TestDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly appPassword: string;
  /** As the application role. */
  readonly db: Queryable;
  /** As the owner, for tampering. */
  readonly owner: Queryable;
  drop(): Promise<void>;
}

function inDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

async function asOwner<T>(url: string, task: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await task(client);
  } finally {
    await client.end();
  }
}

/** Migrates the run's template once; whoever comes second waits for the first (advisory lock). */
async function ensureTemplate(client: pg.Client, url: string): Promise<void> {
  await client.query("select pg_advisory_lock(hashtextextended('blastwise test template', 0))");
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [
    TEMPLATE,
  ]);
  if (rowCount === 0) {
    await client.query(`drop database if exists ${TEMPLATE} with (force)`);
    await client.query(`create database ${TEMPLATE}`);
    await migrate(inDatabase(url, TEMPLATE), { appPassword: APP_PASSWORD });
    // Which case a test submits must not decide by chance what it sees.
    await asOwner(inDatabase(url, TEMPLATE), (made) =>
      made.query('update service_settings set blind_share = 0'),
    );
    await client.query(`alter database ${TEMPLATE} is_template true`);
  }
  await client.query("select pg_advisory_unlock(hashtextextended('blastwise test template', 0))");
}

/** A fresh migrated database on `server`; `drop()` it at the end. */
export async function createTestDatabaseOn(server: TestServer): Promise<TestDatabase> {
  const name = `blastwise_test_${randomBytes(6).toString('hex')}`;
  await asOwner(server.url, async (client) => {
    await ensureTemplate(client, server.url);
    await client.query(`create database ${name} template ${TEMPLATE}`);
  });
  const ownerUrl = inDatabase(server.url, name);
  const application = appUrl(ownerUrl, APP_PASSWORD);
  const owner = createDatabase(ownerUrl, { max: 2 });
  const app = createDatabase(application);
  return {
    ownerUrl,
    appUrl: application,
    appPassword: APP_PASSWORD,
    db: app.db,
    owner: owner.db,
    async drop() {
      await Promise.all([owner.close(), app.close()]);
      await asOwner(server.url, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** A fresh migrated database on the run's server, or on one of its own until `drop()`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await startTestServer();
  const database = await createTestDatabaseOn(server);
  return {
    ...database,
    async drop() {
      await database.drop();
      await server.stop();
    },
  };
}
