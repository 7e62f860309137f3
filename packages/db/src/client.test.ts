import { DomainError } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createDatabase } from './client.ts';
import { isDatabaseAway, QueryError } from './query-error.ts';
import { withTestDatabase } from './testing/index.ts';

describe('a database connection', () => {
  const test = withTestDatabase();

  it('survives its loss in the middle of a transaction and is replaced', async () => {
    const { db, owner } = test();
    const lost: unknown = await db
      .transaction(async (tx) => {
        const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await owner.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`);
        await tx.execute(sql`select pg_sleep(0.2)`);
      })
      .catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(Error);
    expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  });

  it('replaces a connection that died in the hands of somebody who forgot it', async () => {
    const { db, pool, close } = createDatabase(test().appUrl, { max: 1 });
    const held = await pool.connect();
    const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise((resolve) => held.once('end', resolve));
    const owner = createDatabase(test().ownerUrl, { max: 1 });
    await owner.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;

    const one = await db.transaction(
      async (tx) => (await tx.execute<{ one: number }>(sql`select 1 as one`)).rows,
    );
    expect(one).toEqual([{ one: 1 }]);
    held.release();
    expect(pool.totalCount).toBe(1);
    await owner.close();
    await close();
    expect(pool.totalCount).toBe(0);
  });

  it.each([
    ['a statement', (url: string) => createDatabase(url).db.execute(sql`select 1`)],
    ['a transaction', (url: string) => createDatabase(url).db.transaction(async () => undefined)],
  ])('says in one sentence that the server is away: %s', async (_, act) => {
    await expect(act('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The database cannot be reached right now; try again in a moment.',
    });
  });

  it.each([
    [sql`select ${'CANARY'}::uuid`, '22P02'],
    [
      sql`insert into users (id, email, name, role, password_hash, circle) values (gen_random_uuid(), ${'CANARY'}, '', 'king', '', gen_random_uuid())`,
      '23514',
    ],
  ])('tells of a refused statement without its values (R17)', async (statement, code) => {
    const error: unknown = await test()
      .db.execute(statement)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(QueryError);
    expect(error).toMatchObject({ code });
    const shown = `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? error.stack : ''}`;
    expect(shown).not.toContain('CANARY');
    expect(error).not.toBeInstanceOf(DomainError);
  });
});

it('knows a database that is away by code, cause and several addresses tried', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(isDatabaseAway(refused)).toBe(true);
  expect(isDatabaseAway(new Error('Failed query', { cause: refused }))).toBe(true);
  expect(isDatabaseAway(new AggregateError([refused, refused]))).toBe(true);
  expect(isDatabaseAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isDatabaseAway(new Error('Client was closed and is not queryable'))).toBe(true);
  expect(isDatabaseAway(new Error('syntax error'))).toBe(false);
});

it('knows a refused statement by another copy of its module, as a bundler makes one for each entry', async () => {
  const copy: unknown = await import(`${new URL('./query-error.ts', import.meta.url).href}?copy`);
  const Other = Reflect.get(Object(copy), 'QueryError');
  expect(Other).not.toBe(QueryError);
  expect(Reflect.construct(Other, ['23505', 'users_email_unique', 'insert'])).toBeInstanceOf(QueryError);
  expect(new Error('another')).not.toBeInstanceOf(QueryError);
});
