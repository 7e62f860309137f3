import { createUser, listAudit, SYSTEM } from '@blastwise/db';
import { hashPassword } from '@blastwise/db/passwords';
import { describe, expect, it } from 'vitest';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';
import { ATTEMPT_LIMITS, type Attempt, beginAttempt } from './attempts.ts';
import { attemptIn, requirePassword } from './require-password.ts';
import { signIn } from './sign-in.ts';

const portal = withTestPortal();
const from = (address: string) => ({ email: 'clara@portal.test', password: PASSWORD, address });

describe('signIn', () => {
  it('starts a session for the right password, whatever the case of the e-mail, and records it', async () => {
    const session = await signIn(portal().services, {
      ...from('10.0.0.1'),
      email: ' CLARA@Portal.test'.trim(),
    });
    expect(session?.user.name).toBe('Clara');
    const [started] = await listAudit(portal().services.db, { limit: 1, action: 'session.start' });
    expect(started).toMatchObject({ actorId: portal().users.clinician.id });
  });

  it.each([
    ['a wrong password', { password: 'incorrect horse' }],
    ['an unknown e-mail', { email: 'nobody@portal.test' }],
    ['no e-mail at all', { email: 'x' }],
    ['an empty password', { password: '' }],
  ])('gives null for %s', async (_, wrong) => {
    expect(await signIn(portal().services, { ...from('10.0.0.2'), ...wrong })).toBeNull();
  });

  it('records refusals without the e-mail', async () => {
    await signIn(portal().services, { ...from('10.0.0.3'), email: 'canary@portal.test' });
    const refused = await listAudit(portal().services.db, { limit: 5, action: 'session.refuse' });
    expect(refused.length).toBeGreaterThan(0);
    expect(JSON.stringify(refused)).not.toContain('canary');
  });

  it('spends as long on an unknown e-mail as on a wrong password', async () => {
    const time = async (email: string, address: string) => {
      const begin = performance.now();
      await signIn(portal().services, { email, password: 'incorrect horse', address });
      return performance.now() - begin;
    };
    await time('warm-up@portal.test', '10.0.0.4');
    const begin = performance.now();
    const passwordHash = await hashPassword(PASSWORD);
    const scrypt = performance.now() - begin;
    // The portal's own users have a quicker hash here.
    const email = 'known@portal.test';
    await createUser(portal().services.db, {
      ...{ actor: SYSTEM, email, name: 'Kay', role: 'clinician', passwordHash },
    });
    expect(await time('unknown@portal.test', '10.0.0.4')).toBeGreaterThan(scrypt / 3);
    expect(await time(email, '10.0.0.4')).toBeGreaterThan(scrypt / 3);
  });

  it('stops guessing at one account, also with the right password, and leaves others alone', async () => {
    const guess = () =>
      signIn(portal().services, { email: 'alan@portal.test', password: 'guess', address: '10.0.1.1' });
    // All at once: attempts that come together must not slip through together.
    const guesses = await Promise.allSettled(Array.from({ length: ATTEMPT_LIMITS.perAccount + 2 }, guess));
    expect(guesses.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    const right = { email: 'alan@portal.test', password: PASSWORD, address: '10.0.1.2' };
    await expect(signIn(portal().services, right)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    const refused = await listAudit(portal().services.db, { limit: 50, action: 'session.refuse' });
    const reasons = refused.filter(({ subjectId }) => subjectId === portal().users.secondAdmin.id);
    expect(reasons.map(({ reason }) => reason).toSorted()).toEqual([
      'too many failures',
      'wrong e-mail or password',
    ]);
    expect(await signIn(portal().services, from('10.0.1.1'))).not.toBeNull();
  }, 60_000);

  it('refuses a disabled user like a wrong password', async () => {
    const { admin, senior } = portal().sessions;
    await portal().as(admin).users.setDisabled({
      id: senior.user.id,
      disabled: true,
      reason: 'left the clinic',
      password: PASSWORD,
    });
    const tried = { email: senior.user.email, password: PASSWORD, address: '10.0.0.5' };
    expect(await signIn(portal().services, tried)).toBeNull();
  });
});

describe('requirePassword', () => {
  it('takes the right one and refuses a wrong one', async () => {
    const { services, sessions } = portal();
    await expect(requirePassword(services, sessions.clinician, PASSWORD)).resolves.toBeUndefined();
    await expect(requirePassword(services, sessions.clinician, 'wrong')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('minds no failed sign-ins of the account, and stops guessing in the session', async () => {
    const { services, sessions } = portal();
    const { admin, clinician } = sessions;
    const failedOften = async (attempt: Attempt) => {
      for (let i = 0; i < ATTEMPT_LIMITS.perAccount; i++) await beginAttempt(services, attempt);
    };
    await failedOften({ account: admin.user.email, address: '10.0.2.1' });
    const signing = signIn(services, { email: admin.user.email, password: PASSWORD, address: '10.0.2.2' });
    await expect(signing).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(requirePassword(services, admin, PASSWORD)).resolves.toBeUndefined();

    await failedOften(attemptIn(admin));
    await expect(requirePassword(services, admin, PASSWORD)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(requirePassword(services, clinician, PASSWORD)).resolves.toBeUndefined();
  }, 60_000);
});
