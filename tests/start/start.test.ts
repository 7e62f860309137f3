import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promotion } from '../faults/promotion.ts';
import {
  exitOf,
  freePort,
  makeDataDir,
  outputOf,
  type Product,
  removeDataDir,
  runStart,
  startProduct,
} from '../support/product.ts';

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

/** PostgreSQL's own mark that it runs on this data folder. */
const serverPid = (dataDir: string): string => join(dataDir, 'postgres', 'cluster', 'postmaster.pid');

describe('npm start', () => {
  const dataDir = makeDataDir();
  let product: Product;

  beforeAll(async () => {
    product = await startProduct(dataDir);
  });
  afterAll(async () => {
    await product.stop();
    removeDataDir(dataDir);
  });

  it('writes two clinicians and two admins, readable by the owner only', () => {
    expect(product.demo.accounts.map(({ role }) => role).sort()).toEqual([
      'admin',
      'admin',
      'clinician',
      'clinician',
    ]);
    expect(statSync(join(dataDir, 'demo.json')).mode & 0o077).toBe(0);
  });

  it('serves the portal on the address it printed', async () => {
    expect(await answers(`${product.url}/sign-in`)).toBe(true);
  });

  it('refuses a second start on the same data in one sentence', async () => {
    const { code, stdout, stderr } = await outputOf(runStart(dataDir, ['--port', String(await freePort())]));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).toMatch(/^Blastwise is already running on .+: stop that one first\.$/);
  });

  it('refuses a port in use in one sentence', async () => {
    const other = makeDataDir();
    const port = Number(new URL(product.url).port);
    const { code, stderr } = await outputOf(runStart(other, ['--port', String(port)]));
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(/^Port \d+ is in use: choose another with --port/);
    removeDataDir(other);
  });

  it('refuses half a sign-on in one sentence, and makes nothing', async () => {
    const other = makeDataDir();
    const env = { OIDC_ISSUER: 'https://login.hospital.example', OIDC_CLIENT_SECRET: 'canary' };
    const { code, stdout, stderr } = await outputOf(runStart(other, [], '', env));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).toMatch(/^Single sign-on needs .+: OIDC_CLIENT_ID, OIDC_NAME are missing\.$/);
    expect(readdirSync(other)).toEqual([]);
    removeDataDir(other);
  });

  it.each([
    ['in the place of the data folder', ''],
    ['above it', 'data'],
  ])('refuses a file %s in one sentence', async (_, below) => {
    const other = makeDataDir();
    const file = join(other, 'file');
    writeFileSync(file, 'Kept.');
    const { code, stdout, stderr } = await outputOf(runStart(join(file, below), []));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).toMatch(
      /^The data folder \S+ cannot be written: change .+ in BLASTWISE_DATA_DIR\.$/,
    );
    expect(readFileSync(file, 'utf8')).toBe('Kept.');
    removeDataDir(other);
  });

  it.each([
    ['--port', 'seventy'],
    ['--port', '70000'],
    ['--prot', '1'],
  ])('refuses %s %s as bad usage', async (...args) => {
    const other = makeDataDir();
    const { code } = await outputOf(runStart(other, args));
    expect(code).toBe(2);
    removeDataDir(other);
  });

  it('stops every child on Ctrl-C, and keeps its data', async () => {
    const before = product.demo;
    const { port } = new URL(product.url);
    expect(existsSync(serverPid(dataDir))).toBe(true);
    // Where the system lists its processes: the command, the inference service, the portal and PostgreSQL at the least.
    const started = platform() === 'linux' ? descendantsOf(product.process.pid ?? 0) : [];
    if (platform() === 'linux') expect(started.length).toBeGreaterThanOrEqual(4);
    expect(await product.stop()).toBe(0);
    expect(started.filter(isRunning)).toEqual([]);
    expect(await answers(`${product.url}/api/health`)).toBe(false);
    expect(existsSync(serverPid(dataDir))).toBe(false);
    product = await startProduct(dataDir, ['--port', port]);
    expect(product.demo).toEqual(before);
  });

  it('stops at once on Ctrl-C while it is still starting', async () => {
    const other = makeDataDir();
    const child = runStart(other, ['--port', String(await freePort())]);
    const ended = outputOf(child);
    await expect.poll(() => existsSync(serverPid(other)), { timeout: 60_000 }).toBe(true);
    if (child.pid) process.kill(-child.pid, 'SIGINT');
    const { code, stdout } = await ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(existsSync(serverPid(other))).toBe(false);
    removeDataDir(other);
  });

  describe('the database of the whole product dies', () => promotion(() => product));

  it('starts again on the same data and port after a kill -9 of the whole start command', async () => {
    const { port } = new URL(product.url);
    const gone = exitOf(product.process);
    if (product.process.pid) process.kill(-product.process.pid, 'SIGKILL');
    await gone;
    await expect.poll(() => isFree(Number(port)), { timeout: 15_000 }).toBe(true);
    product = await startProduct(dataDir, ['--port', port]);
    expect(await answers(`${product.url}/sign-in`)).toBe(true);
  });

  it('refuses to take its demo accounts to the network, in one sentence', async () => {
    const { port } = new URL(product.url);
    await product.stop();
    const { code, stdout, stderr } = await outputOf(runStart(dataDir, ['--port', port, '--host', '0.0.0.0']));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).toMatch(/(^|\n)Demo accounts can still sign in here, .+\.$/);
  });
});

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It ended meanwhile.
    return '';
  }
}

/** Processes that a process has started, and those that they have. */
function descendantsOf(pid: number): number[] {
  const all = readdirSync('/proc').flatMap((name): [number, number][] => {
    const status = /^\d+$/.test(name) ? statusOf(name) : '';
    const parent = /^PPid:\s*(\d+)$/m.exec(status)?.[1];
    return parent === undefined ? [] : [[Number(name), Number(parent)]];
  });
  const below = (parent: number): number[] =>
    all.flatMap(([child, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
