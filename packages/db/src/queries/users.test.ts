import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../actor.ts';
import { listAudit } from '../audit/index.ts';
import { sessions } from '../schema/index.ts';
import { someone } from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import {
  createSession,
  openSessions,
  peekSession,
  renewSignOn,
  revokeSession,
  revokeUserSessions,
  takeSignOn,
  useSession,
} from './sessions.ts';
import { recentSignInFailures, recordSignInAttempt } from './sign-in-attempts.ts';
import {
  createUser,
  disableUser,
  enableUser,
  findUserByEmail,
  listUsers,
  setPasswordHash,
  setUserRole,
} from './users.ts';

describe('users and sessions', () => {
  const test = withTestDatabase();
  const reason = 'As agreed.';

  it('refuses an e-mail twice without telling more, and leaves no audit row', async () => {
    const { db } = test();
    const user = {
      actor: SYSTEM,
      email: 'ada@example.org',
      name: 'Ada',
      role: 'admin',
      passwordHash: 'x',
    } as const;
    await createUser(db, user);
    const before = await listAudit(db, { limit: 100 });
    await expect(createUser(db, user)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await listAudit(db, { limit: 100 })).toEqual(before);
    expect(await findUserByEmail(db, 'ada@example.org')).toMatchObject({ name: 'Ada', passwordHash: 'x' });
    expect(await findUserByEmail(db, 'nobody@example.org')).toBeNull();
    expect(await listUsers(db)).toHaveLength(1);
  });

  it('keeps one admin, also when two are demoted at once', async () => {
    const { db } = test();
    const ada = await findUserByEmail(db, 'ada@example.org');
    const eve = await someone(db, 'admin');
    const demote = (userId: string) => setUserRole(db, { actor: SYSTEM, userId, role: 'clinician', reason });
    const results = await Promise.allSettled([demote(ada?.id ?? ''), demote(eve.id)]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const admin = (await listUsers(db)).find((user) => user.role === 'admin');
    await expect(disableUser(db, { actor: SYSTEM, userId: admin?.id ?? '', reason })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('asks for a reason to change a role (R3)', async () => {
    const user = await someone(test().db, 'clinician');
    await expect(
      setUserRole(test().db, { actor: SYSTEM, userId: user.id, role: 'senior', reason: '' }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('ends the sessions of a disabled user, who cannot start another (R15)', async () => {
    const { db } = test();
    const user = await someone(db, 'clinician');
    const session = await createSession(db, user.id);
    expect((await useSession(db, session.id))?.user.id).toBe(user.id);
    await disableUser(db, { actor: SYSTEM, userId: user.id, reason });
    expect(await useSession(db, session.id)).toBeNull();
    await expect(createSession(db, user.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await enableUser(db, { actor: SYSTEM, userId: user.id, reason });
    expect(await useSession(db, session.id)).toBeNull();
    expect(await createSession(db, user.id)).toMatchObject({ user: { id: user.id } });
  });

  it.each([
    ['after 30 idle minutes', { lastSeenAt: sql`now() - interval '31 minutes'` }, null],
    ['but not after 29', { lastSeenAt: sql`now() - interval '29 minutes'` }, 'good'],
    ['12 hours after sign-in', { expiresAt: sql`now() - interval '1 second'` }, null],
  ])('ends %s (R14)', async (_, change, expected) => {
    const { db, owner } = test();
    const session = await createSession(db, (await someone(db, 'senior')).id);
    await owner.update(sessions).set(change).where(eq(sessions.id, session.id));
    expect((await peekSession(db, session.id)) && 'good').toBe(expected);
    expect((await useSession(db, session.id)) && 'good').toBe(expected);
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(12 * 3_600_000);
  });

  it('marks a session as seen', async () => {
    const { db, owner } = test();
    const session = await createSession(db, (await someone(db, 'senior')).id);
    const earlier = { lastSeenAt: sql`now() - interval '5 minutes'` };
    await owner.update(sessions).set(earlier).where(eq(sessions.id, session.id));
    await useSession(db, session.id);
    const seen = (await peekSession(db, session.id))?.lastSeenAt.getTime() ?? 0;
    expect(Date.now() - seen).toBeLessThan(10_000);
  });

  it('revokes one session, all of them, or all but the one at hand', async () => {
    const { db } = test();
    const actor = await someone(db, 'clinician');
    const [a, b, c] = [
      await createSession(db, actor.id),
      await createSession(db, actor.id),
      await createSession(db, actor.id),
    ];
    await revokeSession(db, { actor, sessionId: a.id });
    await setPasswordHash(db, { actor, userId: actor.id, passwordHash: 'new', keepSessionId: c.id });
    expect(await Promise.all([a, b, c].map(({ id }) => peekSession(db, id)))).toMatchObject([
      null,
      null,
      { id: c.id },
    ]);
    const d = await createSession(db, actor.id);
    await revokeUserSessions(db, { actor, userId: actor.id, exceptId: d.id });
    expect(await peekSession(db, c.id)).toBeNull();
    expect(await peekSession(db, d.id)).not.toBeNull();
    await revokeUserSessions(db, { actor, userId: actor.id });
    expect(await peekSession(db, d.id)).toBeNull();
  });

  it('ends no session of somebody else, and tells of the open ones alone', async () => {
    const { db, owner } = test();
    const [one, other] = [await someone(db, 'clinician'), await someone(db, 'clinician')];
    const [mine, ended, idle] = [
      await createSession(db, one.id),
      await createSession(db, one.id),
      await createSession(db, one.id),
    ];
    await revokeSession(db, { actor: other, sessionId: mine.id });
    await revokeSession(db, { actor: one, sessionId: ended.id });
    const longAgo = { lastSeenAt: sql`now() - interval '31 minutes'` };
    await owner.update(sessions).set(longAgo).where(eq(sessions.id, idle.id));
    expect((await openSessions(db, one.id)).map(({ id }) => id)).toEqual([mine.id]);
  });

  const minutes = (n: number) => new Date(Date.now() - n * 60_000);

  it.each([
    ['later than the one before', minutes(20), minutes(1), true],
    ['the one before', minutes(2), minutes(2), false],
    ['too long ago', minutes(20), minutes(6), false],
    ['still to come', minutes(20), minutes(-6), false],
    ['in a session that was begun by a password', null, minutes(1), false],
  ])('takes a sign-on %s for one signature, or not', async (_, before, again, counts) => {
    const { db } = test();
    const session = await createSession(db, (await someone(db, 'senior')).id, before);
    expect(await takeSignOn(db, session.id)).toBe(false);
    expect(await renewSignOn(db, { session, signedOnAt: again })).toBe(counts);
    expect(await takeSignOn(db, session.id)).toBe(counts);
    expect(await takeSignOn(db, session.id)).toBe(false);
  });

  it('lets a sign-on that was done again stand for five minutes', async () => {
    const { db, owner } = test();
    const session = await createSession(db, (await someone(db, 'senior')).id, minutes(20));
    await renewSignOn(db, { session, signedOnAt: minutes(1) });
    const left = ((await peekSession(db, session.id))?.signsUntil?.getTime() ?? 0) - Date.now();
    expect(Math.round(left / 60_000)).toBe(5);
    const over = { signsUntil: sql`now() - interval '1 second'` };
    await owner.update(sessions).set(over).where(eq(sessions.id, session.id));
    expect(await takeSignOn(db, session.id)).toBe(false);
  });

  it('counts failed sign-ins: of an e-mail since its last good one, of an address those that did not turn out good', async () => {
    const { db } = test();
    const attempt = (email: string, ip: string, ok: boolean) =>
      recordSignInAttempt(db, { emailDigest: email, ipDigest: ip, ok });
    const failures = (email: string, ip: string) =>
      recentSignInFailures(db, { emailDigest: email, ipDigest: ip, windowMinutes: 15 });
    for (const [email, ip, ok] of [
      ['e1', 'i1', false],
      ['e1', 'i1', true],
      ['e1', 'i2', false],
      ['e1', 'i1', false],
      ['e2', 'i1', false],
    ] as const) {
      await attempt(email, ip, ok);
    }
    expect(await failures('e1', 'i1')).toEqual({ byEmail: 2, byIp: 2 });
    expect(await failures('e2', 'i3')).toEqual({ byEmail: 1, byIp: 0 });
  });
});
