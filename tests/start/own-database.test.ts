import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbedded } from '@blastwise/db/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blastwise } from '../support/blastwise.ts';
import { freePort, interrupt, makeDataDir, readyUrl, removeDataDir, runStart } from '../support/product.ts';

describe('npm start on a PostgreSQL that somebody else runs', () => {
  const [dataDir, elsewhere] = [makeDataDir(), makeDataDir()];
  let server: EmbeddedServer;
  let child: ChildProcess | undefined;

  async function start(): Promise<string> {
    child = runStart(dataDir, ['--port', String(await freePort())], server.ownerUrl);
    return readyUrl(child);
  }
  const createAdmin = () =>
    blastwise(
      { dataDir, databaseUrl: server.ownerUrl },
      ['admin', 'create', '--email', 'karin.holm@demo.example', '--name', 'Karin Holm'],
      'a password of the tests\n',
    );

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
    expect(await createAdmin()).toContain('karin.holm@demo.example');
    if (child) expect(await interrupt(child)).toBe(0);
    expect((await fetch(`${await start()}/sign-in`)).status).toBe(200);
    await expect(createAdmin()).rejects.toMatchObject({ code: 1, stdout: '' });
  });
});
