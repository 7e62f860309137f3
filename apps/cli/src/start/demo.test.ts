import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, createUser, disableUser, SYSTEM } from '@blastwise/db';
import { startEmbedded } from '@blastwise/db/embedded';
import { migrate } from '@blastwise/db/migrate';
import { afterEach, expect, it, vi } from 'vitest';
import { mayHaveDemo, othersReach, refuseDemoAccounts } from './demo.ts';
import { readStartEnv } from './env.ts';

afterEach(() => vi.unstubAllEnvs());

it('no demo accounts are made where a proxy shows the portal', () => {
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('BLASTWISE_PUBLIC_URL', 'https://blastwise.example');
  expect(mayHaveDemo({ ...readStartEnv(), host: '127.0.0.1' })).toBe(false);
});

it.each([
  ['', '127.0.0.1', true],
  ['', 'localhost', true],
  ['', '::1', true],
  ['', '0.0.0.0', false],
  ['', '::', false],
  ['', '192.0.2.7', false],
  ['postgres://owner@localhost/blastwise', '127.0.0.1', false],
  ['postgresql://owner@db.example/blastwise', '0.0.0.0', false],
])('with DATABASE_URL=%s on %s demo accounts are made: %s', (databaseUrl, host, made) => {
  vi.stubEnv('DATABASE_URL', databaseUrl);
  expect(mayHaveDemo({ ...readStartEnv(), host })).toBe(made);
});

it.each([
  ['127.0.0.1', undefined, false],
  ['::1', undefined, false],
  ['0.0.0.0', undefined, true],
  ['192.0.2.7', undefined, true],
  ['127.0.0.1', 'https://blastwise.example', true],
])('others reach a portal on %s shown as %s: %s', (host, publicUrl, reached) => {
  expect(othersReach({ host, publicUrl })).toBe(reached);
});

it('demo accounts keep a portal from the network until all of them are disabled', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'blastwise-demo-'));
  const server = await startEmbedded({ dataDir, durable: false });
  await migrate(server.ownerUrl, { appPassword: server.appPassword });
  const { db, close } = createDatabase(server.appUrl);
  try {
    const made = { actor: SYSTEM, name: 'Somebody', passwordHash: 'none' };
    const admin = await createUser(db, { ...made, email: 'karin.holm@demo.example', role: 'admin' });
    await expect(refuseDemoAccounts(db)).resolves.toBeUndefined();

    const demo = [
      await createUser(db, { ...made, email: 'marta.lindqvist@demo.example', role: 'admin' }),
      await createUser(db, { ...made, email: 'iris.vogel@demo.example', role: 'clinician' }),
    ];
    const actor = { id: admin.id, role: admin.role };
    for (const { id } of demo) {
      await expect(refuseDemoAccounts(db)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringMatching(/^Demo accounts can still sign in here, .+\.$/),
      });
      await disableUser(db, { actor, userId: id, reason: 'The portal goes to the network.' });
    }
    await expect(refuseDemoAccounts(db)).resolves.toBeUndefined();
  } finally {
    await close();
    await server.stop();
    await rm(dataDir, { recursive: true });
  }
});
