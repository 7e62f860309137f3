import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../embedded/index.ts';
import { isAlive, readPostmaster } from '../embedded/postmaster.ts';
import { shutDown } from '../embedded/server.ts';
import { setTestDatabaseUrl, testDatabaseUrl } from './env.ts';

const PREFIX = 'blastwise-test-postgres-';

export interface TestServer {
  /** Owner URL; its database is not used, every suite gets its own. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Ends and removes servers of test runs that were killed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const holder = Number.parseInt(await readFile(join(folder, 'holder'), 'utf8').catch(() => ''), 10);
    if (Number.isNaN(holder) || (await isAlive(holder))) continue;
    const left = await readPostmaster(join(folder, 'cluster'));
    if (left) await shutDown(left.pid).catch(() => undefined);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The server of `BLASTWISE_TEST_DATABASE_URL`, or an embedded one in a temporary folder, fast and not crash safe. */
export async function startTestServer(): Promise<TestServer> {
  const outside = testDatabaseUrl();
  if (outside !== undefined) return { url: outside, stop: async () => undefined };
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  await writeFile(join(folder, 'holder'), String(process.pid));
  const server = await startEmbedded({ dataDir: folder, durable: false });
  return {
    url: server.ownerUrl,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let shared: TestServer | undefined;

/** vitest's global setup: one server for the run, found by the workers through the environment. */
export async function setup(): Promise<void> {
  const given = testDatabaseUrl() !== undefined;
  const server = await startTestServer();
  if (given) return;
  shared = server;
  setTestDatabaseUrl(server.url);
}

export async function teardown(): Promise<void> {
  if (!shared) return;
  setTestDatabaseUrl(undefined);
  await shared.stop();
  shared = undefined;
}
