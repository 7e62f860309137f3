import { createSession, peekSession, type Session, setPasswordHash } from '@blastwise/db';
import { TRPCError } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { route } from '../http/route.ts';
import { appRouter } from '../router.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const admin = () => portal().as(portal().sessions.admin);
const signature = { reason: 'joins the team', password: PASSWORD };
const FIRST = 'chosen by somebody else';
const account = (email: string) =>
  ({ email, name: 'Nora', role: 'admin', firstPassword: FIRST, ...signature }) as const;

/** Creates an account and signs in with what was handed over. */
async function handedOver(email: string): Promise<Session> {
  const { id } = await admin().users.create(account(email));
  return createSession(portal().services.db, id);
}

describe('an account and who answers for it', () => {
  it.each([
    ['created', () => admin().users.create({ ...account('a@portal.test'), password: 'wrong' })],
    [
      'disabled',
      () =>
        admin().users.setDisabled({
          id: portal().users.senior.id,
          disabled: true,
          reason: 'leaves',
          password: 'wrong',
        }),
    ],
    [
      'given another password',
      () =>
        admin().users.resetPassword({
          id: portal().users.senior.id,
          firstPassword: FIRST,
          reason: 'lost',
          password: 'wrong',
        }),
    ],
  ])('is not %s without the password of who does it', async (_, act) => {
    await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'The password is not right.' });
  });

  it('shows that its first password still stands', async () => {
    const { id } = await admin().users.create(account('shown@portal.test'));
    const due = async () => (await admin().users.list()).find((user) => user.id === id)?.mustChangePassword;
    expect(await due()).toBe(true);
    const own = { actor: { id, role: 'admin' }, userId: id, passwordHash: 'own' } as const;
    await setPasswordHash(portal().services.db, own);
    expect(await due()).toBe(false);
  });

  it('a reset ends every session of its user and asks for another password', async () => {
    const { senior } = portal().users;
    const session = await createSession(portal().services.db, senior.id);
    const reset = await admin().users.resetPassword({ id: senior.id, firstPassword: FIRST, ...signature });
    expect(reset.mustChangePassword).toBe(true);
    const request = await portal().request('/api/x', session);
    const handler = route(
      { name: 'x' },
      async () => new Response('in'),
      () => portal().services,
    );
    expect((await handler(request, { params: Promise.resolve({}) })).status).toBe(401);
  });
});

describe('before the first password is changed', () => {
  const procedures = Object.keys(appRouter._def.procedures).filter((path) => path !== 'me.changePassword');

  it('every procedure is refused, with a code of its own', async () => {
    const session = await handedOver('due@portal.test');
    for (const path of procedures) {
      let target: unknown = portal().as(session);
      for (const name of path.split('.')) target = Reflect.get(Object(target), name);
      if (typeof target !== 'function') throw new Error(`${path} cannot be called`);
      const failure: unknown = await Promise.resolve(target(undefined)).catch((error: unknown) => error);
      expect(failure, path).toBeInstanceOf(TRPCError);
      expect(failure, path).toMatchObject({ cause: { code: 'PASSWORD_CHANGE_REQUIRED' } });
    }
  });

  it('every route is refused, too', async () => {
    const session = await handedOver('route@portal.test');
    const handler = route(
      { name: 'x' },
      async () => new Response('in'),
      () => portal().services,
    );
    const answer = await handler(await portal().request('/api/x', session), { params: Promise.resolve({}) });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: 'PASSWORD_CHANGE_REQUIRED' } });
  });

  it('and after it, nothing of that', async () => {
    const session = await handedOver('changed@portal.test');
    await portal().as(session).me.changePassword({ current: FIRST, next: 'a password of my own' });
    const standing = await peekSession(portal().services.db, session.id);
    expect(await portal().as(standing).me.get()).toMatchObject({ name: 'Nora' });
  });
});
