import type { SingleSignOn } from '@blastwise/contracts';
import { createSession, listAudit, peekSession, type Session } from '@blastwise/db';
import { describe, expect, it } from 'vitest';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';
import { confirmIdentity } from './confirm-identity.ts';
import { identityOf, signOn } from './single-sign-on.ts';

const portal = withTestPortal();

const provider: SingleSignOn = {
  issuer: 'https://login.hospital.test',
  clientId: 'blastwise',
  clientSecret: 'secret',
  name: 'Test Hospital',
  verifiedClaim: 'email_verified',
};
const seconds = (minutesAgo: number) => Math.floor(Date.now() / 1000) - minutesAgo * 60;
const clara = {
  iss: provider.issuer,
  email: 'clara@portal.test',
  email_verified: true,
  iat: seconds(0),
};
const sign = (claims: object, present: Session | null = null) =>
  signOn(portal().services, { provider, claims: { ...clara, ...claims }, present });

async function begun(claims: object = {}): Promise<Session> {
  const signedOn = await sign(claims);
  const session =
    typeof signedOn === 'string' ? null : await peekSession(portal().services.db, signedOn.sessionId);
  if (!session) throw new Error(`No session: ${JSON.stringify(signedOn)}`);
  return session;
}
const latest = async (action: string) => (await listAudit(portal().services.db, { limit: 1, action }))[0];

describe('whom the claims name', () => {
  it.each<[string, object, string]>([
    ['an e-mail in capitals', { email: 'Clara@Portal.TEST' }, 'clara@portal.test'],
    ['an issuer with a slash at its end', { iss: `${provider.issuer}/` }, 'clara@portal.test'],
    ['another issuer', { iss: 'https://login.elsewhere.test' }, 'OtherIssuer'],
    ['no issuer', { iss: undefined }, 'OtherIssuer'],
    ['an e-mail that nobody vouches for', { email_verified: undefined }, 'UnverifiedEmail'],
    ['an e-mail that is not verified', { email_verified: false }, 'UnverifiedEmail'],
    ['an e-mail verified in a word of denial', { email_verified: 'false' }, 'UnverifiedEmail'],
    ['no e-mail', { email: undefined }, 'UnverifiedEmail'],
    ['what is no e-mail', { email: 'clara' }, 'UnverifiedEmail'],
  ])('with %s', (_, claims, expected) => {
    const identity = identityOf(provider, { ...clara, ...claims });
    expect(typeof identity === 'string' ? identity : identity.email).toBe(expected);
  });

  it.each([true, 'true', 1, '1'])('where the provider vouches by a claim of its own, %j', (vouched) => {
    const own = { ...provider, verifiedClaim: 'xms_edov' };
    expect(identityOf(own, { ...clara, email_verified: undefined, xms_edov: vouched })).toMatchObject({
      email: clara.email,
    });
    expect(identityOf(own, { ...clara, xms_edov: undefined })).toBe('UnverifiedEmail');
  });
});

describe('signing on', () => {
  it('begins a session for the account of the e-mail, with the limits of any other, and records it', async () => {
    const session = await begun({ email: 'CLARA@portal.test', auth_time: seconds(50) });
    expect(session.user.id).toBe(portal().users.clinician.id);
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(12 * 3_600_000);
    expect(session.signedOnAt).toEqual(new Date(seconds(50) * 1000));
    expect(await latest('session.start')).toMatchObject({
      subjectId: session.id,
      actorId: session.user.id,
      reason: 'single sign-on',
    });
  });

  it.each<[string, object, string, string]>([
    ['nobody’s e-mail', { email: 'stranger@portal.test' }, 'NoAccount', 'no active account'],
    ['an unverified e-mail', { email_verified: false }, 'UnverifiedEmail', 'no verified e-mail'],
    ['another issuer', { iss: 'https://x.test' }, 'OtherIssuer', 'another issuer'],
  ])('refuses %s, makes no account and records it without the e-mail', async (_, claims, refusal, reason) => {
    const before = await portal().as(portal().sessions.admin).users.list();
    expect(await sign(claims)).toBe(refusal);
    expect(await portal().as(portal().sessions.admin).users.list()).toEqual(before);
    const recorded = await latest('session.refuse');
    expect(recorded).toMatchObject({ actorId: null, subjectId: null, reason: `single sign-on: ${reason}` });
    expect(JSON.stringify(recorded)).not.toContain('portal.test');
  });

  it('refuses a disabled user', async () => {
    const { secondAdmin } = portal().users;
    const change = { id: secondAdmin.id, reason: 'on leave', password: PASSWORD };
    const admin = portal().as(portal().sessions.admin);
    await admin.users.setDisabled({ ...change, disabled: true });
    expect(await sign({ email: secondAdmin.email })).toBe('NoAccount');
    expect(await latest('session.refuse')).toMatchObject({ subjectId: secondAdmin.id });
    await admin.users.setDisabled({ ...change, disabled: false });
  });
});

describe('an account that signs on at the hospital alone', () => {
  const account = {
    email: 'sofia@portal.test',
    name: 'Sofia',
    role: 'senior',
    reason: 'joins the team',
    password: PASSWORD,
  } as const;

  it('needs no first password, and no change of one, where there is a sign-on', async () => {
    const { services, sessions } = portal();
    await expect(portal().as(sessions.admin).users.create(account)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'Choose a first password: people sign in by password alone here.',
    });
    const admin = portal().as(sessions.admin, { services: { ...services, singleSignOn: provider } });
    expect(await admin.users.create(account)).toMatchObject({ mustChangePassword: false });
    expect(
      await portal()
        .as(await begun({ email: account.email }))
        .me.get(),
    ).toMatchObject({
      name: 'Sofia',
      signedInBy: 'single-sign-on',
    });
  });

  it('may work at once although its first password still stands, but not with that password', async () => {
    const email = 'stefan@portal.test';
    const admin = portal().as(portal().sessions.admin);
    const { id } = await admin.users.create({ ...account, email, firstPassword: 'chosen by somebody' });
    expect(
      await portal()
        .as(await begun({ email }))
        .me.get(),
    ).toMatchObject({ email });
    const byPassword = portal().as(await createSession(portal().services.db, id));
    await expect(byPassword.me.get()).rejects.toMatchObject({ cause: { code: 'PASSWORD_CHANGE_REQUIRED' } });
  });
});

describe('signing after a sign-on', () => {
  const confirm = ({ id }: Session, password = '') =>
    peekSession(portal().services.db, id).then(
      (now) => now && confirmIdentity(portal().services, now, password),
    );

  it('asks for another one, which stands for one signature in the same session', async () => {
    const session = await begun({ auth_time: seconds(3) });
    const refusal = { code: 'FORBIDDEN', message: expect.stringContaining('Sign on again first') };
    await expect(confirm(session)).rejects.toMatchObject(refusal);
    await expect(confirm(session, PASSWORD)).rejects.toMatchObject(refusal);

    expect(await sign({ auth_time: seconds(1) }, session)).toEqual({ sessionId: session.id });
    expect(await latest('session.renew')).toMatchObject({ subjectId: session.id, actorId: session.user.id });
    await confirm(session);
    await expect(confirm(session)).rejects.toMatchObject(refusal);
  });

  it.each<[string, object]>([
    ['the same as before', { auth_time: seconds(3) }],
    ['too long ago', { auth_time: seconds(6) }],
    ['not told by the provider', {}],
  ])('takes none whose time is %s, and the session goes on', async (_, again) => {
    const session = await begun({ auth_time: seconds(3) });
    expect(await sign(again, session)).toEqual({ sessionId: session.id });
    await expect(confirm(session)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('takes none of somebody else: that begins a session of their own', async () => {
    const session = await begun({ auth_time: seconds(3) });
    const other = await sign({ email: 'simon@portal.test', auth_time: seconds(0) }, session);
    expect(other).not.toEqual({ sessionId: session.id });
    await expect(confirm(session)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leaves who signed in by the password to it', async () => {
    const { clinician } = portal().sessions;
    const again = await sign({ auth_time: seconds(0) }, clinician);
    expect(again).not.toEqual({ sessionId: clinician.id });
    await confirm(clinician, PASSWORD);
    await expect(confirm(clinician)).rejects.toMatchObject({ message: 'The password is not right.' });
  });
});
