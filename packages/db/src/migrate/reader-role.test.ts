import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withTestDatabase } from '../testing/index.ts';
import { migrate } from './index.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const BEFORE = '0004_adjudication';

/** The migrations up to the one under test. */
async function migrationsBefore(folder: string): Promise<string> {
  await cp(MIGRATIONS, folder, { recursive: true });
  const file = join(folder, 'meta', '_journal.json');
  const journal: { entries: { tag: string }[] } = JSON.parse(await readFile(file, 'utf8'));
  const end = journal.entries.findIndex(({ tag }) => tag === BEFORE);
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }));
  return folder;
}

const test = withTestDatabase();
const name = `before_${randomBytes(6).toString('hex')}`;
let folder: string;
let url: string;
let client: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blastwise-migrations-'));
  const changed = new URL(test().ownerUrl);
  changed.pathname = `/${name}`;
  url = changed.toString();
  await test().owner.execute(`create database ${name}`);
  client = new pg.Client({ connectionString: url });
  await client.connect();
  await runMigrations(drizzle(client), { migrationsFolder: await migrationsBefore(join(folder, 'then')) });
});
afterAll(async () => {
  await client.end();
  await test().owner.execute(`drop database ${name} with (force)`);
  await rm(folder, { recursive: true, force: true });
});

it('gives readings of before the role that the audit trail knows, though they are never changed', async () => {
  const [reader, caseId, imageId] = [randomUUID(), randomUUID(), randomUUID()];
  await client.query(
    `insert into users (id, email, name, role, password_hash, circle)
     values ($1, 'a@example.org', 'A', 'admin', 'x', $1)`,
    [reader],
  );
  await client.query(`insert into cases (id, pseudonym, note, submitted_by) values ($1, 'P', '', $2)`, [
    caseId,
    reader,
  ]);
  await client.query(
    `insert into images (id, case_id, position, blob_sha256, width, height, bytes)
     values ($1, $2, 0, repeat('a', 64), 1, 1, 1)`,
    [imageId, caseId],
  );
  for (const [second, role] of [
    [1, 'clinician'],
    [2, 'senior'],
    [3, null],
  ] as const) {
    await client.query(
      `insert into corrections (id, image_id, reader_id, certainty, confirmed_by, severity, created_at)
       values ($1, $2, $3, 'sure', 'morphology', 'none', to_timestamp($4))`,
      [randomUUID(), imageId, reader, second],
    );
    if (role === null) continue;
    await client.query(
      `insert into audit_events (actor_id, actor_role, action, subject_kind, subject_id, fields, digests)
       values ($1, $2, 'correction.record', 'image', $3, '[]', '{}')`,
      [reader, role, imageId],
    );
  }
  await client.query(`create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'never changed'; end $$`);
  await client.query(`create trigger never_changed before update on corrections
    for each row execute function refuse_change()`);

  await migrate(url);
  const { rows } = await client.query('select reader_role from corrections order by created_at');
  expect(rows.map(({ reader_role }) => reader_role)).toEqual(['clinician', 'senior', 'admin']);
  await expect(client.query('update corrections set comment = comment')).rejects.toMatchObject({
    code: '23001',
  });
});
