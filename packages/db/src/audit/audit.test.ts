import { eq, sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { SYSTEM } from '../actor.ts';
import type { Queryable } from '../client.ts';
import { auditEvents, auditHeads, auditSeals } from '../schema/index.ts';
import { AUDIT_KEY } from '../testing/fixtures.ts';
import { createTestDatabase, type TestDatabase, withTestDatabase } from '../testing/index.ts';
import { appendAudit } from './append.ts';
import { fieldDigest, openAuditKey } from './key.ts';
import { listAudit } from './list.ts';
import { type AuditHead, sealAudit } from './seal.ts';
import { startSealer } from './sealer.ts';
import { verifyAudit } from './verify.ts';

const event = (subjectId: string) =>
  ({ actor: SYSTEM, action: 'patient.read', subjectKind: 'case', subjectId, fields: ['note'] }) as const;

async function append(db: Queryable, count: number): Promise<void> {
  for (let i = 1; i <= count; i++) await appendAudit(db, event(`s${i}`));
}

/** As somebody who owns the database and switches its guards off. */
async function tamper(owner: Queryable, act: (tx: Queryable) => Promise<unknown>): Promise<void> {
  await owner.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = 'replica'`);
    await act(tx);
  });
}

const nothing = async () => undefined;

describe('audit chain (R1)', () => {
  it.each<{
    what: string;
    act: (tx: Queryable) => Promise<unknown>;
    fault: object | null;
    checked: number;
    anchored?: boolean;
  }>([
    { what: 'an untouched chain', act: nothing, fault: null, checked: 5 },
    {
      what: 'one changed byte',
      act: (tx) => tx.update(auditEvents).set({ subjectId: 's2x' }).where(eq(auditEvents.id, 2)),
      fault: { kind: 'row-changed', seq: 2, eventId: 2 },
      checked: 1,
    },
    {
      what: 'a changed time',
      act: (tx) =>
        tx.update(auditEvents).set({ at: sql`at + interval '1 millisecond'` }).where(eq(auditEvents.id, 4)),
      fault: { kind: 'row-changed', seq: 4, eventId: 4 },
      checked: 3,
    },
    {
      what: 'a removed event',
      act: (tx) => tx.delete(auditEvents).where(eq(auditEvents.id, 3)),
      fault: { kind: 'row-missing', seq: 3, eventId: 3 },
      checked: 2,
    },
    {
      what: 'a removed event with its seal',
      act: async (tx) => {
        await tx.delete(auditEvents).where(eq(auditEvents.id, 3));
        await tx.delete(auditSeals).where(eq(auditSeals.seq, 3));
      },
      fault: { kind: 'row-missing', seq: 3 },
      checked: 2,
    },
    {
      what: 'a removed tail',
      act: async (tx) => {
        await tx.delete(auditEvents).where(sql`id > 3`);
        await tx.delete(auditSeals).where(sql`seq > 3`);
      },
      fault: { kind: 'tail-missing', seq: 4 },
      checked: 3,
    },
    {
      what: 'a removed tail with a head to match',
      act: async (tx) => {
        await tx.delete(auditEvents).where(sql`id > 3`);
        await tx.delete(auditSeals).where(sql`seq > 3`);
        await tx.execute(
          sql`update audit_heads set count = 3, hash = (select hash from audit_seals where seq = 3)`,
        );
      },
      fault: { kind: 'head-forged' },
      checked: 3,
    },
    {
      what: 'everything removed, seen from outside',
      act: async (tx) => {
        for (const table of [auditEvents, auditSeals, auditHeads]) await tx.delete(table);
      },
      fault: { kind: 'tail-missing', seq: 1 },
      checked: 0,
      anchored: true,
    },
    {
      what: 'a row slipped into the chain',
      act: async (tx) => {
        await tx.execute(sql`update audit_seals set seq = seq + 1 where seq = 5`);
        await tx.execute(sql`insert into audit_events (actor_role, action, subject_kind, fields, digests)
          values ('system', 'x', 'case', '[]', '{}')`);
        await tx.execute(
          sql`insert into audit_seals (seq, event_id, hash) select 5, max(id), repeat('a', 64) from audit_events`,
        );
      },
      fault: { kind: 'row-changed', seq: 5, eventId: 6 },
      checked: 4,
    },
    {
      what: 'two rows exchanged',
      act: (tx) =>
        tx.execute(sql`update audit_seals set event_id = -event_id where seq in (2, 3);
        update audit_seals set event_id = case when event_id = -2 then 3 else 2 end where seq in (2, 3)`),
      fault: { kind: 'row-changed', seq: 2 },
      checked: 1,
    },
    {
      what: 'a row never sealed',
      act: (tx) => tx.execute(sql`delete from audit_seals where seq = 5`),
      fault: { kind: 'tail-missing', seq: 5 },
      checked: 4,
    },
  ])('names $what', async ({ act, fault, checked, anchored }) => {
    const database: TestDatabase = await createTestDatabase();
    try {
      // The migration of the template leaves no events.
      await append(database.db, 5);
      let anchor: AuditHead | undefined;
      expect(
        await sealAudit(database.db, AUDIT_KEY, {
          onHead: (head) => {
            anchor = head;
          },
        }),
      ).toBe(5);
      await tamper(database.owner, act);
      const verdict = await verifyAudit(database.db, AUDIT_KEY, anchored && anchor ? { anchor } : {});
      expect(verdict).toMatchObject({ ok: fault === null, checked, fault });
    } finally {
      await database.drop();
    }
  });
});

describe('sealing', () => {
  const test = withTestDatabase();

  it('chains what commits late after what is sealed, within a second, one sealer at a time', async () => {
    const { db, owner } = test();
    const errors: unknown[] = [];
    const sealers = [1, 2, 3].map(() =>
      startSealer(db, AUDIT_KEY, { onError: (error) => errors.push(error) }),
    );
    await owner.transaction(async (tx) => {
      await appendAudit(tx, event('late'));
      await append(db, 10);
      await expect
        .poll(() => verifyAudit(db, AUDIT_KEY), { timeout: 2000 })
        .toMatchObject({ ok: true, checked: 10 });
    });
    await expect
      .poll(() => verifyAudit(db, AUDIT_KEY), { timeout: 1000 })
      .toMatchObject({ ok: true, checked: 11 });
    await Promise.all(sealers.map((sealer) => sealer.stop()));
    const rows = await listAudit(db, { limit: 20 });
    expect(rows.find((row) => row.subjectId === 'late')?.seq).toBe(11);
    expect(errors).toEqual([]);
  });

  it('names a row that waits too long for its seal', async () => {
    await append(test().db, 1);
    const told = vi.fn<(checked: number, total: number) => void>();
    const verdict = await verifyAudit(test().db, AUDIT_KEY, { onProgress: told });
    expect(verdict).toMatchObject({ ok: true, unsealed: 1 });
    expect(told).toHaveBeenLastCalledWith(verdict.checked, verdict.checked);
    expect(await verifyAudit(test().db, AUDIT_KEY, { unsealedAfterMs: -1000 })).toMatchObject({
      ok: false,
      fault: { kind: 'not-sealed' },
    });
    await sealAudit(test().db, AUDIT_KEY);
  });

  it('does not go on under another key, and does not take it for good', async () => {
    const other = openAuditKey('quite another key of enough characters');
    expect(await verifyAudit(test().db, other)).toMatchObject({
      ok: false,
      checked: 0,
      fault: { kind: 'row-changed' },
    });
    await append(test().db, 1);
    await expect(sealAudit(test().db, other)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('audit keys', () => {
  it('asks for a long secret and binds a digest to its field', () => {
    expect(() => openAuditKey('short')).toThrow(/32/);
    expect(fieldDigest(AUDIT_KEY, 'pseudonym', 'P-1')).toBe(fieldDigest(AUDIT_KEY, 'pseudonym', 'P-1'));
    expect(fieldDigest(AUDIT_KEY, 'pseudonym', 'P-1')).not.toBe(fieldDigest(AUDIT_KEY, 'note', 'P-1'));
  });
});
