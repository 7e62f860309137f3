import { createSession, listAudit, peekSession, type Session } from '@blastwise/db';
import { beforeEach, describe, expect, it } from 'vitest';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
let here: Session;
let there: Session;

beforeEach(async () => {
  const { services, users } = portal();
  here = await createSession(services.db, users.clinician.id);
  there = await createSession(services.db, users.clinician.id, new Date());
});
const stands = async ({ id }: Session) => (await peekSession(portal().services.db, id)) !== null;
const ended = async () => (await listAudit(portal().services.db, { limit: 1, action: 'session.end' }))[0];

describe('one’s own sessions', () => {
  it('are listed with how they began, and no one else’s', async () => {
    const list = await portal().as(here).me.sessions();
    expect(list).toContainEqual(
      expect.objectContaining({ id: here.id, current: true, signedInBy: 'password' }),
    );
    expect(list).toContainEqual(
      expect.objectContaining({ id: there.id, current: false, signedInBy: 'single-sign-on' }),
    );
    expect(list.map(({ id }) => id)).not.toContain(portal().sessions.senior.id);
  });

  it('end one by one, on the trail, and are gone from the list', async () => {
    await portal().as(here).me.endSession({ id: there.id });
    expect([await stands(here), await stands(there)]).toEqual([true, false]);
    expect(await ended()).toMatchObject({ subjectId: there.id, actorId: here.user.id });
    expect((await portal().as(here).me.sessions()).map(({ id }) => id)).not.toContain(there.id);
  });

  it('end all but the one at hand', async () => {
    const caller = portal().as(here);
    await caller.me.endOtherSessions();
    expect(await caller.me.sessions()).toMatchObject([{ id: here.id, current: true }]);
    expect(await ended()).toMatchObject({ subjectKind: 'user', subjectId: here.user.id });
  });

  it('end by their owner alone', async () => {
    await portal().as(portal().sessions.senior).me.endSession({ id: here.id });
    expect(await stands(here)).toBe(true);
  });
});

describe('a user’s sessions', () => {
  const reason = 'a lost telephone';

  it('are ended by an admin, with a reason', async () => {
    const admin = portal().as(portal().sessions.admin);
    await admin.users.endSessions({ id: here.user.id, reason, password: PASSWORD });
    expect([await stands(here), await stands(there)]).toEqual([false, false]);
    expect(await ended()).toMatchObject({
      subjectId: here.user.id,
      actorId: portal().users.admin.id,
      reason,
    });
  });

  it('stand where the admin’s password is wrong', async () => {
    const admin = portal().as(portal().sessions.admin);
    const ending = admin.users.endSessions({ id: here.user.id, reason, password: 'wrong' });
    await expect(ending).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await stands(here)).toBe(true);
  });
});
