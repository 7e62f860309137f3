import { sealAudit } from '@blastwise/db';
import { beforeAll, describe, expect, it } from 'vitest';
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
