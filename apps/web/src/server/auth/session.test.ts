import { createSession, peekSession } from '@blastwise/db';
import { describe, expect, it } from 'vitest';
import { contextFromRequest, UNATTENDED_HEADER } from '../http/context.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';
import { sessionCookieName, sessionCookieOptions } from './cookies.ts';
import { signOut } from './sign-out.ts';
import { sessionIdFrom, sessionToken } from './token.ts';

const portal = withTestPortal();

async function fresh() {
  const session = await createSession(portal().services.db, portal().users.clinician.id);
  const standing = async (init: RequestInit = {}, path = '/api/trpc/me.get') => {
    const request = await portal().request(path, session, { method: 'POST', ...init });
    return (await contextFromRequest(request, portal().services)).session?.id ?? null;
  };
  const lastSeen = async () =>
    (await peekSession(portal().services.db, session.id))?.lastSeenAt.getTime() ?? Number.NaN;
  return { session, standing, lastSeen };
}
const backdate = (id: string, column: 'last_seen_at' | 'expires_at', to: string) =>
  portal().tamper(`update sessions set ${column} = now() + interval '${to}' where id = '${id}'`);

describe('a session cookie', () => {
  it('stands for its row', async () => {
    const { session, standing } = await fresh();
    expect(await standing()).toBe(session.id);
  });

  it('ends after 30 minutes without a request', async () => {
    const { session, standing } = await fresh();
    await backdate(session.id, 'last_seen_at', '-29 minutes');
    expect(await standing()).toBe(session.id);
    await backdate(session.id, 'last_seen_at', '-31 minutes');
    expect(await standing()).toBeNull();
  });

  it.each([
    ['/api/trpc/me.get', { headers: { [UNATTENDED_HEADER]: '1' } }],
    ['/api/trpc/live.events', { method: 'GET' }],
    ['/api/images/x/thumbnail', { method: 'GET' }],
  ])('is not kept alive by what a page that nobody sits at asks for: %s', async (path, init) => {
    const { session, standing, lastSeen } = await fresh();
    await backdate(session.id, 'last_seen_at', '-29 minutes');
    const before = await lastSeen();
    expect(await standing(init, path)).toBe(session.id);
    expect(await lastSeen()).toBe(before);
    await standing();
    expect(await lastSeen()).toBeGreaterThan(before);
  });

  it('ends twelve hours after sign-in, however busy', async () => {
    const { session, standing } = await fresh();
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(12 * 3_600_000);
    await backdate(session.id, 'expires_at', '-1 second');
    expect(await standing()).toBeNull();
  });

  it('is worth nothing after sign-out, when replayed', async () => {
    const { session, standing } = await fresh();
    await signOut(portal().services, session.id);
    await signOut(portal().services, session.id);
    expect(await standing()).toBeNull();
  });

  it('is worth nothing once its user is disabled (R15)', async () => {
    const { session, standing } = await fresh();
    const admin = portal().as(portal().sessions.admin);
    await admin.users.setDisabled({
      id: session.user.id,
      disabled: true,
      reason: 'on leave',
      password: PASSWORD,
    });
    expect(await standing()).toBeNull();
    await admin.users.setDisabled({
      id: session.user.id,
      disabled: false,
      reason: 'back again',
      password: PASSWORD,
    });
    expect(await standing()).toBeNull();
  });

  it('ends with a change of password elsewhere, and stays where it was changed', async () => {
    const here = await fresh();
    const elsewhere = await fresh();
    const caller = portal().as(here.session);
    await caller.me.changePassword({ current: 'correct horse battery', next: 'another long password' });
    expect(await here.standing()).toBe(here.session.id);
    expect(await elsewhere.standing()).toBeNull();
  });
});

it.each(['%', 'x; a=b', ''])('is nobody’s when it holds %j', async (value) => {
  const headers = { cookie: `${sessionCookieName(portal().services.portalUrl)}=${value}` };
  const request = new Request('http://portal.test:3000/api/trpc/me.get', { headers });
  expect((await contextFromRequest(request, portal().services)).session).toBeNull();
});

describe('sessionIdFrom', () => {
  const keys = { secret: 's'.repeat(32), portalUrl: 'https://portal.test' };
  const jar = (value: string) => new Map([[sessionCookieName(keys.portalUrl), { value }]]);
  const id = '01980000-0000-7000-8000-000000000001';

  it('reads what sign-in wrote', async () => {
    expect(await sessionIdFrom(jar(await sessionToken(id, keys.secret)), keys)).toBe(id);
  });

  it.each([
    ['another secret', () => sessionToken(id, 't'.repeat(32))],
    ['nonsense', async () => 'e30.e30.e30'],
    ['a token about something else', () => sessionToken('no uuid', keys.secret)],
  ])('gives null for %s', async (_, value) => {
    expect(await sessionIdFrom(jar(await value()), keys)).toBeNull();
  });
});

it('keeps the cookie from scripts and, under https, from anything unencrypted', () => {
  expect(sessionCookieOptions('https://portal.test')).toEqual({
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: true,
  });
  expect(sessionCookieName('https://portal.test')).toMatch(/^__Host-/);
  expect(sessionCookieOptions('http://127.0.0.1:3000').secure).toBe(false);
});
