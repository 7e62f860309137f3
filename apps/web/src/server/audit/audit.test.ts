import { STUDY_COSTS } from '@blastwise/contracts';
import { sealAudit } from '@blastwise/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPT_LIMITS } from '../auth/attempts.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const admin = () => portal().as(portal().sessions.admin);

beforeAll(async () => {
  await admin().users.create({
    email: 'new@portal.test',
    name: 'Nora',
    role: 'senior',
    firstPassword: 'to be changed soon',
    password: PASSWORD,
    reason: 'joins the ward',
  });
});

describe('the audit trail as admins read it', () => {
  it('comes page by page, each event once, newest first', async () => {
    const whole = await admin().audit.list({ limit: 200 });
    expect(whole.nextCursor).toBeNull();
    expect(whole.events.length).toBeGreaterThan(4);
    const ids: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await admin().audit.list({ limit: 3, ...(cursor ? { cursor } : {}) });
      ids.push(...page.events.map(({ id }) => id));
      cursor = ids.length < 100 ? page.nextCursor : null;
    }
    expect(ids).toEqual(whole.events.map(({ id }) => id));
  });

  it('is found by how an action begins, by who did it and by when', async () => {
    const everything = (await admin().audit.list({ limit: 200 })).events;
    const find = async (query: Parameters<ReturnType<typeof admin>['audit']['list']>[0]) =>
      (await admin().audit.list({ limit: 200, ...query })).events.map(({ id }) => id);
    const those = (rule: (event: (typeof everything)[number]) => boolean) =>
      everything.filter(rule).map(({ id }) => id);
    const byUsers = those(({ action }) => action.startsWith('user.'));
    expect(byUsers.length).toBeGreaterThan(4);
    expect(await find({ action: 'user' })).toEqual(byUsers);
    expect(await find({ action: 'user_' })).toEqual([]);
    expect(await find({ actorId: null })).toEqual(those(({ actor }) => actor === null));
    const ada = portal().users.admin.id;
    expect(await find({ actorId: ada })).toEqual(those(({ actor }) => actor?.id === ada));
    const middle = everything[2]?.at ?? '';
    expect(await find({ since: middle })).toEqual(those(({ at }) => at >= middle));
    expect(await find({ before: middle })).toEqual(those(({ at }) => at < middle));
    expect(await admin().audit.actions()).toEqual(
      expect.arrayContaining(everything.map(({ action }) => action)),
    );
  });

  it('keeps the reason for which an account was made (R3)', async () => {
    const { events } = await admin().audit.list({ action: 'user.create', limit: 1 });
    expect(events).toMatchObject([{ actor: { name: 'Ada' }, reason: 'joins the ward' }]);
  });

  it('is verified on demand, against the head noted outside the database as well', async () => {
    const { db, auditKey, auditAnchor } = portal().services;
    const checked = await sealAudit(db, auditKey, { onHead: (head) => auditAnchor?.note(db, head) });
    expect(await admin().audit.verify()).toMatchObject({ ok: true, checked, fault: null });

    await auditAnchor?.setAside();
    await auditAnchor?.note(db, { count: checked + 7, hash: 'a'.repeat(64) });
    expect(await admin().audit.verify()).toMatchObject({
      ok: false,
      fault: { kind: 'tail-missing', seq: checked + 1 },
    });
    const [recorded] = (await admin().audit.list({ action: 'audit.verify', limit: 1 })).events;
    expect(recorded?.reason).toMatch(/entries up to \d+ are missing/);
  });
});

describe('what is refused inside a service is on the trail, too', () => {
  const refusals = async (limit: number) =>
    (await admin().audit.list({ action: 'call.refuse', limit })).events.map(
      ({ actor, subjectId, reason }) => [actor?.name, subjectId, reason],
    );
  const reason = 'agreed';
  const proposed = () =>
    admin().costs.propose({ name: 'Dearer', costs: { ...STUDY_COSTS, referralCost: 9 }, reason });

  it('an approval of what one has proposed oneself', async () => {
    const { id } = await proposed();
    await expect(admin().costs.activate({ id, reason, password: PASSWORD })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await refusals(1)).toEqual([
      ['Ada', 'costs.activate', expect.stringMatching(/^Who draws up or proposes .* does not activate it/)],
    ]);
  });

  it('a wrong password, and every try after too many', async () => {
    const { id } = await proposed();
    const guess = () =>
      portal().as(portal().sessions.secondAdmin).costs.activate({ id, reason, password: 'a guess' });
    for (let i = 0; i < ATTEMPT_LIMITS.perAccount; i++)
      await expect(guess()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(guess()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await refusals(3)).toEqual([
      ['Alan', 'costs.activate', 'Too many wrong passwords. Try again in 15 minutes.'],
      ['Alan', 'costs.activate', 'The password is not right.'],
      ['Alan', 'costs.activate', 'The password is not right.'],
    ]);
  });

  it('and what merely failed is not', async () => {
    const before = await refusals(50);
    const nobody = '01980000-0000-7000-8000-000000000000';
    await expect(admin().cases.detail({ caseId: nobody })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(admin().costs.reject({ id: nobody, reason })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusals(50)).toEqual(before);
  });
});
