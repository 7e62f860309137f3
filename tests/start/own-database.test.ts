import { type ChildProcess, execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EmbeddedServer, startEmbedded } from '@blastwise/db/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, interrupt, makeDataDir, readyUrl, removeDataDir, runStart } from '../support/product.ts';

const shim = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'bin', 'blastwise.mjs');

describe('npm start on a PostgreSQL that somebody else runs', () => {
  const [dataDir, elsewhere] = [makeDataDir(), makeDataDir()];
  let server: EmbeddedServer;
  let child: ChildProcess | undefined;

  async function start(): Promise<string> {
    child = runStart(dataDir, ['--port', String(await freePort())], server.ownerUrl);
    return readyUrl(child);
  }
  async function createAdmin(): Promise<{ stdout: string; stderr: string }> {
    const running = promisify(execFile)(
      process.execPath,
      [shim, 'admin', 'create', '--email', 'karin.holm@demo.example', '--name', 'Karin Holm'],
      { env: { ...process.env, BLASTWISE_DATA_DIR: dataDir, DATABASE_URL: server.ownerUrl } },
    );
    running.child.stdin?.end('a password of the tests\n');
    return running;
  }

  beforeAll(async () => {
    server = await startEmbedded({ dataDir: elsewhere, durable: false });
  });
  afterAll(async () => {
    if (child) await interrupt(child);
    await server.stop();
    for (const folder of [dataDir, elsewhere]) removeDataDir(folder);
  });

  it('fills it, makes no demo account, and serves the portal', async () => {
    const answer = await fetch(`${await start()}/sign-in`);
    expect(answer.status).toBe(200);
    expect(existsSync(join(dataDir, 'demo.json'))).toBe(false);
    expect(readdirSync(dataDir)).not.toContain('postgres');
  });

  it('takes its first admin from the command line, and leaves all to the next start', async () => {
    expect((await createAdmin()).stdout).toContain('karin.holm@demo.example');
    if (child) expect(await interrupt(child)).toBe(0);
    expect((await fetch(`${await start()}/sign-in`)).status).toBe(200);
    await expect(createAdmin()).rejects.toMatchObject({ code: 1, stdout: '' });
  });
});
