import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM } from '../actor.ts';
import { AUDIT_KEY } from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { openAuditAnchor } from './anchor.ts';
import { appendAudit } from './append.ts';
import { sealAudit } from './seal.ts';
import { verifyAudit } from './verify.ts';

const test = withTestDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blastwise-anchor-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const anchor = () => openAuditAnchor(join(folder, 'made', 'anchor.json'));
const verdict = async () => verifyAudit(test().db, AUDIT_KEY, { anchor: await anchor().read() });

async function record(events: number): Promise<void> {
  const { db } = test();
  for (let i = 0; i < events; i++)
    await appendAudit(db, { actor: SYSTEM, action: 'patient.read', subjectKind: 'case' });
  await sealAudit(db, AUDIT_KEY, { onHead: (head) => anchor().note(db, head) });
}

/** Every row of the trail, to be put back later as a restored dump would. */
async function snapshot(): Promise<() => Promise<void>> {
  const { owner } = test();
  const tables = ['audit_heads', 'audit_seals', 'audit_events'];
  for (const table of tables) await owner.execute(sql.raw(`create table kept_${table} as table ${table}`));
  return () =>
    owner.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = 'replica'`);
      for (const table of tables) await tx.execute(sql.raw(`delete from ${table}`));
      for (const table of tables)
        await tx.execute(sql.raw(`insert into ${table} overriding system value table kept_${table}`));
    });
}

it('notes each new head, and so names a database put back to an earlier state, whatever is added to it', async () => {
  expect(await anchor().read()).toBeUndefined();
  await record(2);
  const goBack = await snapshot();
  await record(3);
  expect(await anchor().read()).toMatchObject({ count: 5 });
  expect(await verdict()).toMatchObject({ ok: true, checked: 5 });

  await goBack();
  expect(await verifyAudit(test().db, AUDIT_KEY)).toMatchObject({ ok: true, checked: 2 });
  expect(await verdict()).toMatchObject({ ok: false, fault: { kind: 'tail-missing', seq: 3 } });

  await expect(record(1)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(record(4)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await anchor().read()).toMatchObject({ count: 5 });
  expect(await verdict()).toMatchObject({ ok: false, fault: { kind: 'row-changed', seq: 5 } });
});

it('steps aside for a wanted restore', async () => {
  const { count } = (await anchor().read()) ?? { count: 0 };
  const aside = (await anchor().setAside()) ?? '';
  expect(JSON.parse(await readFile(aside, 'utf8'))).toMatchObject({ count });
  expect(await anchor().setAside()).toBeNull();
  await record(1);
  expect(await verdict()).toMatchObject({ ok: true });
});

it('says that its file is damaged', async () => {
  await writeFile(join(folder, 'made', 'anchor.json'), '{"count":');
  await expect(anchor().read()).rejects.toMatchObject({ code: 'CONFLICT' });
});
