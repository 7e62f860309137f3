import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { joinEmbedded, startEmbedded } from './index.ts';
import { readPostmaster } from './postmaster.ts';

/** Starts a server in a process of its own, which prints the port and then stays. */
const HOLDER = `
import { startEmbedded } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
const server = await startEmbedded({ dataDir: process.argv[1], durable: false });
process.stdout.write(server.pid + '\\n');
setInterval(() => undefined, 1000);
`;

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('embedded PostgreSQL', () => {
  let folder: string;
  /** Made by the first test that starts there. */
  let dataDir: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blastwise-embedded-'));
    dataDir = join(folder, 'deep', 'postgres');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    if (await readPostmaster(join(dataDir, 'cluster'))) await (await start()).stop();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const start = (port?: number, at = dataDir) =>
    startEmbedded({ dataDir: at, durable: false, ...(port === undefined ? {} : { port }) });
  const holder = async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = await once(child.stdout ?? child, 'data');
    return { child, pid: Number.parseInt(String(line), 10) };
  };

  it('is PostgreSQL 18 in UTF-8, keeps its data over a restart and sorts by code point', async () => {
    const first = await start();
    await query(first.ownerUrl, "create table kept as select 'ä' as name");
    await first.stop();
    const began = Date.now();
    const second = await start();
    expect(Date.now() - began).toBeLessThan(5000);
    try {
      expect(await query(second.ownerUrl, "select name, upper(name), 'a' < 'B' as loose from kept")).toEqual([
        { name: 'ä', upper: 'Ä', loose: false },
      ]);
      const [row] = await query(
        second.ownerUrl,
        "select current_setting('server_version_num')::int / 10000 as major",
      );
      expect(row).toEqual({ major: 18 });
    } finally {
      await second.stop();
    }
    await expect(query(second.ownerUrl, 'select 1')).rejects.toThrow();
  });

  it('asks for a password, and listens on 127.0.0.1 only', async () => {
    const server = await start();
    try {
      const wrong = new URL(server.ownerUrl);
      wrong.password = 'wrong';
      await expect(query(wrong.toString(), 'select 1')).rejects.toThrow(/password/);
      const other = Object.values(networkInterfaces())
        .flat()
        .find((face) => face?.family === 'IPv4' && !face.internal);
      if (other) {
        const socket = connect(server.port, other.address);
        await expect(once(socket, 'connect')).rejects.toThrow(/ECONNREFUSED/);
      }
      expect((await stat(join(dataDir, 'credentials.json'))).mode & 0o777).toBe(0o600);
    } finally {
      await server.stop();
    }
  });

  it('refuses a second start in one sentence, and lets short work join', async () => {
    const server = await start();
    try {
      await expect(start()).rejects.toMatchObject({
        code: 'CONFLICT',
        message: `Another Blastwise is already running on ${dataDir}.`,
      });
      const joined = await joinEmbedded({ dataDir });
      expect(joined.ownerUrl).toBe(server.ownerUrl);
      await joined.stop();
      expect(await query(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await server.stop();
    }
  });

  it('takes over the server of a process that was killed', async () => {
    const { child, pid } = await holder();
    await expect(start()).rejects.toMatchObject({ code: 'CONFLICT' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await start();
    expect(server.pid).toBe(pid);
    await server.stop();
    expect(await readPostmaster(join(dataDir, 'cluster'))).toBeNull();
  });

  it('recovers when process and server were killed, and when the number belongs to another program by now', async () => {
    const { child, pid } = await holder();
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    const second = await start();
    await query(second.ownerUrl, 'create table recovered as select 1 as one');
    const stale = join(dataDir, 'cluster', 'postmaster.pid');
    await second.stop();
    await writeFile(
      stale,
      `${process.pid}\n/proc/self/cwd\n0\n${second.port}\n\n127.0.0.1\n  1234  5678\nready\n`,
    );
    await chmod(stale, 0o644);
    const third = await start(second.port);
    expect(third.port).toBe(second.port);
    expect(await query(third.ownerUrl, 'select one from recovered')).toEqual([{ one: 1 }]);
    await third.stop();
  });

  it('starts the server again on its port when it was killed, and it has lost nothing', async () => {
    const server = await startEmbedded({ dataDir });
    try {
      await query(server.ownerUrl, 'create table revived as select 1 as one');
      const { pid, port } = server;
      process.kill(pid, 'SIGKILL');
      await expect
        .poll(() => query(server.ownerUrl, 'select one from revived').catch(() => null), { timeout: 15_000 })
        .toEqual([{ one: 1 }]);
      expect(server.port).toBe(port);
      // The new server may answer us a moment before it answers its guard.
      await expect.poll(() => server.pid).not.toBe(pid);
      await expect(start()).rejects.toMatchObject({ code: 'CONFLICT' });
    } finally {
      await server.stop();
    }
    expect(await readPostmaster(join(dataDir, 'cluster'))).toBeNull();
  });

  it('has one owner after two first starts at once', async () => {
    const first = () => start(undefined, join(folder, 'first'));
    const results = await Promise.allSettled([first(), first()]);
    const servers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(servers).toHaveLength(1);
    await servers[0]?.stop();
  });
});
