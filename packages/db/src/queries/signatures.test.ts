import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { openAuditKey } from '../audit/index.ts';
import { AUDIT_KEY, adjudicateForTests, someCase, someone } from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { recordCorrection } from './corrections.ts';
import { caseSigning, signCase } from './signatures.ts';
import { worklist } from './worklist.ts';

describe('signatures under a case', () => {
  const test = withTestDatabase();
  let actor: UserActor;
  beforeAll(async () => {
    actor = await someone(test().db, 'senior');
  });

  const read = (imageId: string, comment = '') =>
    recordCorrection(test().db, {
      actor,
      auditKey: AUDIT_KEY,
      adjudicate: adjudicateForTests,
      imageId,
      seen: null,
      correction: { stage: 'Pro', certainty: 'sure', confirmedBy: 'genetics', severity: 'none', comment },
    });
  const readingsOf = async (caseId: string): Promise<number> => {
    const { rows } = await test().db.execute<{ n: number }>(
      sql`select count(*)::int as n from corrections join images on images.id = image_id where case_id = ${caseId}`,
    );
    return rows[0]?.n ?? 0;
  };
  const signing = async (caseId: string, { auditKey = AUDIT_KEY, readings = -1 } = {}) =>
    caseSigning(test().db, {
      auditKey,
      caseId,
      shown: [],
      readings: readings >= 0 ? readings : await readingsOf(caseId),
    });
  const sign = async (caseId: string, record?: string) =>
    signCase(test().db, {
      actor,
      auditKey: AUDIT_KEY,
      caseId,
      meaning: 'reviewed',
      shown: [],
      record: record ?? (await signing(caseId)).record,
    });
  const states = async (caseId: string, auditKey = AUDIT_KEY) =>
    (await signing(caseId, { auditKey })).signatures.map(({ state }) => state);
  const line = async (caseId: string) => {
    const { rows } = await test().db.execute(sql`select sign_off from case_states where case_id = ${caseId}`);
    return rows[0]?.sign_off;
  };
  const signed = async () => {
    const { caseId, imageIds } = await someCase(test().db, { actor });
    await read(imageIds[0] ?? '');
    await sign(caseId);
    return { caseId, imageId: imageIds[0] ?? '' };
  };
  /** What only the owner can do, with the triggers switched off. */
  const tamper = (table: string, change: SQL) =>
    test().owner.transaction(async (tx) => {
      await tx.execute(sql`alter table ${sql.identifier(table)} disable trigger user`);
      await tx.execute(change);
      await tx.execute(sql`alter table ${sql.identifier(table)} enable trigger user`);
    });

  it('waits until every field is read and names the one that is not', async () => {
    const { caseId, imageIds } = await someCase(test().db, { actor, count: 2 });
    await read(imageIds[0] ?? '');
    await expect(sign(caseId)).rejects.toThrow(
      'Field 2 has no reading yet; read every field before signing.',
    );
    expect(await line(caseId)).toBeNull();
    await read(imageIds[1] ?? '');
    await sign(caseId);
    expect(await states(caseId)).toEqual(['valid']);
  });

  it('keeps name, time and meaning, and refuses the same twice', async () => {
    const { caseId } = await signed();
    const [signature] = (await signing(caseId)).signatures;
    expect(signature).toMatchObject({ signerName: 'A senior', signerRole: 'senior', meaning: 'reviewed' });
    expect(Math.abs(Date.now() - (signature?.signedAt.getTime() ?? 0))).toBeLessThan(10_000);
    await expect(sign(caseId)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('says when a reading was added since, and holds again once signed again', async () => {
    const { caseId, imageId } = await signed();
    expect(await line(caseId)).toBe('signed');
    await read(imageId, 'on second thoughts');
    expect([await states(caseId), await line(caseId)]).toEqual([['changed'], 'changed']);
    await sign(caseId);
    expect([await states(caseId), await line(caseId)]).toEqual([['valid', 'changed'], 'signed']);
  });

  it('refuses a record that is not the one shown', async () => {
    const { caseId, imageIds } = await someCase(test().db, { actor });
    await read(imageIds[0] ?? '');
    const shown = (await signing(caseId)).record ?? '';
    await read(imageIds[0] ?? '', 'meanwhile');
    expect((await signing(caseId, { readings: 1 })).record).toBeNull();
    await expect(sign(caseId, shown)).rejects.toThrow('The record has changed since it was shown');
  });

  it.each([
    ['signer_name', sql`'Somebody else'`],
    ['meaning', sql`'approved'`],
    ['signed_at', sql`signed_at - interval '1 day'`],
    ['readings', sql`readings + 1`],
    ['record_sha256', sql`md5('a') || md5('b')`],
    ['mac', sql`md5('a') || md5('b')`],
  ])('names an altered signature: %s', async (column, value) => {
    const { caseId } = await signed();
    await tamper(
      'signatures',
      sql`update signatures set ${sql.identifier(column)} = ${value} where case_id = ${caseId}`,
    );
    expect(await states(caseId)).toEqual(['not-genuine']);
  });

  it('is not genuine under another key', async () => {
    const { caseId } = await signed();
    expect(await states(caseId, openAuditKey('another key, long enough to be one too'))).toEqual([
      'not-genuine',
    ]);
  });

  it.each([
    ['corrections', sql`update corrections set comment = 'altered'`],
    ['images', sql`update images set blob_sha256 = md5(id::text) || md5('b')`],
    ['cases', sql`update cases set pseudonym = 'another'`],
  ])('names a record altered behind its back: %s', async (table, change) => {
    const { caseId } = await signed();
    await tamper(table, change);
    expect(await states(caseId)).toEqual(['changed']);
  });

  it('is found in the worklist', async () => {
    const { caseId, imageId } = await signed();
    const ids = async (signOff: 'signed' | 'changed') =>
      (await worklist(test().db, { signOff, sort: 'newest', limit: 200 })).rows.map((row) => row.caseId);
    expect(await ids('signed')).toContain(caseId);
    expect(await ids('changed')).not.toContain(caseId);
    await read(imageId, 'again');
    expect(await ids('signed')).not.toContain(caseId);
    expect(await ids('changed')).toContain(caseId);
  });
});
