import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbedded } from '@blastwise/db/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../browser/env.ts';
import { type Account, launchBrowser } from '../browser/stack.ts';
import { addUser, typeSignIn } from '../browser/steps.ts';
import { blastwise } from '../support/blastwise.ts';
import { freePort, interrupt, makeDataDir, readyUrl, removeDataDir, runStart } from '../support/product.ts';
import { startTlsProxy, type TlsProxy } from '../support/tls-proxy.ts';

const found = existsSync(chromiumPath);
/** Where others of the network would reach this machine. */
const [outside] = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ family, internal }) => family === 'IPv4' && !internal)
  .map(({ address }) => address);

const ADMIN: Account = {
  email: 'karin.holm@demo.example',
  name: 'Karin Holm',
  role: 'admin',
  password: 'a password of the tests',
};

describe('npm start on a PostgreSQL that somebody else runs', () => {
  const [dataDir, elsewhere] = [makeDataDir(), makeDataDir()];
  let server: EmbeddedServer;
  let proxy: TlsProxy;
  let port = 0;
  let child: ChildProcess | undefined;

  async function start(...args: readonly string[]): Promise<string> {
    child = runStart(dataDir, ['--port', String(port), ...args], server.ownerUrl);
    return readyUrl(child);
  }
  const createAdmin = () =>
    blastwise(
      { dataDir, databaseUrl: server.ownerUrl },
      ['admin', 'create', '--email', ADMIN.email, '--name', ADMIN.name],
      `${ADMIN.password}\n`,
    );
  const statusAt = async (host: string): Promise<number> =>
    (await fetch(`http://${host}:${port}/sign-in`)).status;

  beforeAll(async () => {
    port = await freePort();
    server = await startEmbedded({ dataDir: elsewhere, durable: false });
    proxy = await startTlsProxy(port);
  });
  afterAll(async () => {
    if (child) await interrupt(child);
    proxy.stop();
    await server.stop();
    for (const folder of [dataDir, elsewhere]) removeDataDir(folder);
  });

  it('fills it, makes no demo account, and serves the portal to this machine alone', async () => {
    expect(await start('--public-url', proxy.url)).toBe(proxy.url);
    expect(await statusAt('127.0.0.1')).toBe(200);
    if (outside) await expect(statusAt(outside)).rejects.toThrow();
    expect(existsSync(join(dataDir, 'demo.json'))).toBe(false);
    expect(readdirSync(dataDir)).not.toContain('postgres');
  });

  it('takes its first admin from the command line', async () => {
    expect(await createAdmin()).toContain(ADMIN.email);
  });

  it.skipIf(!found)(
    `works behind a proxy that ends TLS: cookies are secure, changes are taken, signing out ends the session${found ? '' : ' (skipped: Chromium is not installed)'}`,
    async () => {
      const browser = await launchBrowser();
      const context = await browser.newContext({ baseURL: proxy.url, ignoreHTTPSErrors: true });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      await typeSignIn(page, ADMIN, '/admin/users');
      const cookies = await context.cookies();
      expect(cookies.map(({ name }) => name)).toContain('__Host-blastwise.session');
      expect(cookies.filter(({ secure, httpOnly }) => !secure || !httpOnly)).toEqual([]);
      await page.getByText('Live', { exact: true }).waitFor();
      await addUser(page, ADMIN, { ...ADMIN, name: 'Dr Olga Brandt', email: 'olga.brandt@demo.example' });

      await page.getByRole('button', { name: /Account:/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForURL('**/sign-in**');
      await context.addCookies(cookies);
      await page.goto('/cases');
      await page.waitForURL('**/sign-in**');
      await browser.close();
    },
  );

  it('leaves all to the next start, which --host shows to the network', async () => {
    if (child) expect(await interrupt(child)).toBe(0);
    expect(await start('--host', '0.0.0.0')).toBe(`http://${outside ?? '127.0.0.1'}:${port}`);
    for (const host of ['127.0.0.1', ...(outside ? [outside] : [])]) expect(await statusAt(host)).toBe(200);
    await expect(createAdmin()).rejects.toMatchObject({ code: 1, stdout: '' });
  });
});
