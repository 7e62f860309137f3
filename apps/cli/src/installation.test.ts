import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditVerdictSchema } from '@blastwise/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './testing/run-cli.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-installation-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const on = (folder: string, args: readonly string[], stdin = '') =>
  runCli(args, { cwd: root, stdin, env: { BLASTWISE_DATA_DIR: join(root, folder), DATABASE_URL: '' } });
const create = (folder: string, password: string) =>
  on(
    folder,
    ['admin', 'create', '--email', 'ada@hospital.example', '--name', 'Ada', '--json'],
    `${password}\n`,
  );

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
    expect(await create('data', 'correct horse battery staple')).toMatchObject({
      status: 1,
      stderr: `${DATABASE}Another account uses this e-mail address.\n`,
    });

    const verdict = await on('data', ['audit', 'verify', '--json']);
    expect(verdict.status).toBe(0);
    expect(auditVerdictSchema.parse(JSON.parse(verdict.stdout))).toMatchObject({ ok: true, checked: 1 });

    const retrain = ['retrain', '--reason', 'New corrections.'];
    expect(await on('nothing', retrain)).toMatchObject({ status: 1, stdout: '' });
    expect(await on('data', retrain)).toMatchObject({
      status: 1,
      stderr: `${DATABASE}No model is in service, so there is none to retrain.\n`,
    });
    expect(await on('data', [...retrain, '--kind', 'all'])).toMatchObject({ status: 2, stdout: '' });

    const saved = await on('data', ['backup', '--out', 'saved', '--json']);
    expect(saved.status).toBe(0);
    expect(JSON.parse(saved.stdout)).toMatchObject({ tables: { users: 1 }, blobs: 0 });
    expect(await on('data', ['backup', '--out', 'saved'])).toMatchObject({ status: 2, stdout: '' });

    await mkdir(join(root, 'letters'));
    await writeFile(join(root, 'letters', 'dear.txt'), 'Dear');
    expect(await on('data', ['backup', '--out', 'letters', '--force'])).toMatchObject({ status: 2 });
    expect(await readdir(join(root, 'letters'))).toEqual(['dear.txt']);

    const sealed = await on('data', ['audit', 'verify', '--json']);
    expect(JSON.parse(sealed.stdout)).toMatchObject({ ok: true, checked: 2, unsealed: 0 });
    const note = { count: 9, hash: 'a'.repeat(64) };
    await writeFile(join(root, 'data', 'audit-anchor.json'), JSON.stringify(note));
    expect(await on('data', ['audit', 'verify'])).toMatchObject({
      status: 1,
      stdout: 'The audit trail ends after entry 2; entries up to 9 are missing.\n',
    });

    await mkdir(join(root, 'copy'));
    await cp(join(root, 'data', 'audit-anchor.json'), join(root, 'copy', 'audit-anchor.json'));
    await cp(join(root, 'data', 'secrets.json'), join(root, 'copy', 'secrets.json'));
    expect(await on('copy', ['restore', 'saved', '--json'])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('audit-anchor.json.'),
    });
    const again = await on('copy', ['audit', 'verify']);
    expect(again).toMatchObject({ status: 0, stdout: expect.stringMatching(/whole: \d sealed events/) });
    expect(await on('copy', ['restore', 'saved'])).toMatchObject({ status: 1, stdout: '' });
  });
});
