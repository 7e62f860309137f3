import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditVerdictSchema } from '@blastwise/db';
import { startEmbedded } from '@blastwise/db/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './testing/run-cli.ts';
import { runHere } from './testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-installation-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const where = (folder: string) => ({
  cwd: root,
  env: { BLASTWISE_DATA_DIR: join(root, folder), DATABASE_URL: '' },
});
/** As a process of its own. */
const alone = (folder: string, args: readonly string[]) => runCli(args, where(folder));
const on = (folder: string, args: readonly string[]) => runHere(args, where(folder));
const create = (folder: string, password: string) =>
  runCli(['admin', 'create', '--email', 'ada@hospital.example', '--name', 'Ada', '--json'], {
    ...where(folder),
    stdin: `${password}\n`,
  });
/** While a server runs on the folder already, which commands join. */
async function beside(folder: string, work: () => Promise<void>): Promise<void> {
  const server = await startEmbedded({ dataDir: join(root, folder, 'postgres'), durable: false });
  try {
    await work();
  } finally {
    await server.stop();
  }
}

describe('an installation without the product running', () => {
  it('gets its first admin, an audit trail that holds, a backup and a restored copy', {
    timeout: 180_000,
  }, async () => {
    const DATABASE = `Database: the embedded one in ${join(root, 'data')}, as DATABASE_URL is not set.\n`;
    const missing = await on('nothing', ['audit', 'verify']);
    expect(missing).toMatchObject({ status: 1, stdout: '' });
    expect(missing.stderr).toMatch(/never been started/);

    expect(await create('data', 'short')).toMatchObject({ status: 2, stdout: '' });
    const created = await create('data', 'correct horse battery staple');
    expect(created).toMatchObject({ status: 0, stderr: DATABASE });
    expect(JSON.parse(created.stdout)).toMatchObject({ email: 'ada@hospital.example', role: 'admin' });
    const verdict = await alone('data', ['audit', 'verify', '--json']);
    expect(verdict.status).toBe(0);
    expect(auditVerdictSchema.parse(JSON.parse(verdict.stdout))).toMatchObject({ ok: true, checked: 1 });

    const retrain = ['retrain', '--reason', 'New corrections.'];
    expect(await on('nothing', retrain)).toMatchObject({ status: 1, stdout: '' });
    expect(await on('data', [...retrain, '--kind', 'all'])).toMatchObject({ status: 2, stdout: '' });
    await beside('data', async () => {
      expect(await create('data', 'correct horse battery staple')).toMatchObject({
        status: 1,
        stderr: `${DATABASE}Another account uses this e-mail address.\n`,
      });
      expect(await on('data', retrain)).toMatchObject({
        status: 1,
        stderr: `${DATABASE}No model is in service, so there is none to retrain.\n`,
      });
    });

    const saved = await alone('data', ['backup', '--out', 'saved', '--json']);
    expect(saved.status).toBe(0);
    expect(JSON.parse(saved.stdout)).toMatchObject({ tables: { users: 1 }, blobs: 0 });
    expect(await on('data', ['backup', '--out', 'saved'])).toMatchObject({ status: 2, stdout: '' });

    await mkdir(join(root, 'letters'));
    await writeFile(join(root, 'letters', 'dear.txt'), 'Dear');
    expect(await on('data', ['backup', '--out', 'letters', '--force'])).toMatchObject({ status: 2 });
    expect(await readdir(join(root, 'letters'))).toEqual(['dear.txt']);

    await beside('data', async () => {
      const sealed = await on('data', ['audit', 'verify', '--json']);
      expect(JSON.parse(sealed.stdout)).toMatchObject({ ok: true, checked: 2, unsealed: 0 });
      const note = { count: 9, hash: 'a'.repeat(64) };
      await writeFile(join(root, 'data', 'audit-anchor.json'), JSON.stringify(note));
      expect(await on('data', ['audit', 'verify'])).toMatchObject({
        status: 1,
        stdout: 'The audit trail ends after entry 2; entries up to 9 are missing.\n',
      });
    });

    await mkdir(join(root, 'copy'));
    await cp(join(root, 'data', 'audit-anchor.json'), join(root, 'copy', 'audit-anchor.json'));
    await cp(join(root, 'data', 'secrets.json'), join(root, 'copy', 'secrets.json'));
    expect(await alone('copy', ['restore', 'saved', '--json'])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('audit-anchor.json.'),
    });
    await beside('copy', async () => {
      const again = await on('copy', ['audit', 'verify']);
      expect(again).toMatchObject({ status: 0, stdout: expect.stringMatching(/whole: \d sealed events/) });
      expect(await on('copy', ['restore', 'saved'])).toMatchObject({ status: 1, stdout: '' });
    });
  });
});
