import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import { createDatabase } from '../client.ts';
import * as schema from '../schema/index.ts';
import { withTestDatabase } from '../testing/index.ts';
import { appUrl, migrate } from './index.ts';

describe('migrate', () => {
  const test = withTestDatabase();

  it('can be run again, also many at once, and changes nothing', async () => {
    const rows = async () =>
      (
        await test().owner.execute(sql`select (select count(*) from cost_matrices) as matrices,
        (select count(*) from drizzle.__drizzle_migrations) as migrations,
        (select count(*) from pgboss.queue) as queues`)
      ).rows;
    const before = await rows();
    await Promise.all([1, 2, 3].map(() => migrate(test().ownerUrl)));
    expect(await rows()).toEqual(before);
  });

  it('lets the owner act as the application where it has no password of its own', async () => {
    const url = appUrl(test().ownerUrl);
    const { db, close } = createDatabase(url, { max: 1 });
    try {
      const { rows } = await db.execute(sql`select current_user as who`);
      expect(rows).toEqual([{ who: 'blastwise_app' }]);
      await appendAudit(db, { actor: SYSTEM, action: 'patient.read', subjectKind: 'case' });
      await expect(db.execute(sql`delete from audit_events`)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await close();
    }
  });

  it('works for an owner who is no superuser, where an administrator made the role', async () => {
    const name = `owner_${randomBytes(6).toString('hex')}`;
    const { owner, ownerUrl, appUrl: application } = test();
    const inDatabase = (url: string, user?: string) => {
      const changed = new URL(url);
      changed.pathname = `/${name}`;
      if (user) Object.assign(changed, { username: user, password: 'secret' });
      return changed.toString();
    };
    await owner.execute(sql.raw(`create role ${name} login password 'secret'`));
    await owner.execute(sql.raw(`create database ${name} owner ${name}`));
    try {
      await migrate(inDatabase(ownerUrl, name));
      const { db, close } = createDatabase(inDatabase(application), { max: 1 });
      await appendAudit(db, { actor: SYSTEM, action: 'patient.read', subjectKind: 'case' });
      await expect(db.execute(sql`delete from audit_events`)).rejects.toMatchObject({ code: '42501' });
      await close();
      await expect(migrate(inDatabase(ownerUrl, name), { appPassword: 'x' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    } finally {
      await owner.execute(sql.raw(`drop database ${name} with (force)`));
      await owner.execute(sql.raw(`drop role ${name}`));
    }
  });

  it('says in one sentence that the database is away', async () => {
    await expect(migrate('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The database cannot be reached.',
    });
  });

  it('has a migration for every change of the schema', async () => {
    const folder = new URL('../../migrations/meta/', import.meta.url);
    const journal = JSON.parse(await readFile(new URL('_journal.json', folder), 'utf8'));
    const last = String(journal.entries.length - 1).padStart(4, '0');
    const snapshot = JSON.parse(await readFile(new URL(`${last}_snapshot.json`, folder), 'utf8'));
    expect(await generateMigration(snapshot, generateDrizzleJson(schema))).toEqual([]);
  });
});
