import { createDatabase } from '@blastwise/db';
import { afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { handleTrpc } from './http/trpc-handler.ts';
import { analyse, putModelIntoService, submit } from './testing/fields.ts';
import { PASSWORD, withTestPortal } from './testing/portal.ts';

/** Stands for patient data: it may be in the answers to those who asked for it, and nowhere else (R17). */
const CANARY = 'Canary Patient 4711';

const portal = withTestPortal();
let written: MockInstance[] = [];

beforeEach(() => {
  written = [process.stderr, process.stdout].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true));
});
afterEach(() => {
  for (const spy of written) spy.mockRestore();
});
const log = (): string => written.flatMap((spy) => spy.mock.calls.map(([line]) => String(line))).join('\n');

async function call(
  path: string,
  input: unknown,
  open = () => portal().services,
): Promise<{ status: number; body: string }> {
  const request = await portal().request(`/api/trpc/${path}`, portal().sessions.clinician, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const response = await handleTrpc(request, open);
  return { status: response.status, body: await response.text() };
}

beforeAll(() => putModelIntoService(portal()));

describe('patient data', () => {
  it('goes to who asks for it, by POST, and not into the log, the audit trail or the job queue', async () => {
    const { caseId, imageIds } = await submit(portal(), portal().sessions.clinician, {
      pseudonym: CANARY,
      note: `${CANARY} note`,
      seeds: [1],
    });
    const [imageId = ''] = imageIds;
    const seen = await analyse(portal(), imageId, { Benign: 0.1, Early: 0.7, Pre: 0.1, Pro: 0.1 });
    const correction = {
      stage: 'Pro',
      certainty: 'sure',
      confirmedBy: 'genetics',
      severity: 'none',
      comment: CANARY,
    };
    expect((await call('reviews.record', { imageId, seen, correction })).status).toBe(200);
    expect((await call('cases.worklist', { search: CANARY })).body).toContain(CANARY);
    const detail = await call('cases.detail', { caseId });
    expect(detail.body).toContain(CANARY);
    const record = /"record":"([0-9a-f]{64})"/.exec(detail.body)?.[1];
    const signature = { caseId, meaning: 'reviewed', record, password: PASSWORD };
    expect((await call('signatures.sign', signature)).status).toBe(200);
    expect(log()).not.toContain('Canary');

    for (const table of ['audit_events', 'pgboss.job']) {
      const found = await portal().services.db.execute(
        `select count(*)::int as n from ${table} t where t::text like '%Canary%'`,
      );
      expect([table, found.rows[0]]).toEqual([table, { n: 0 }]);
    }
  });

  it.each([
    ['a refused value', 'cases.submit', { pseudonym: CANARY.repeat(20), uploads: ['x'] }, 400],
    ['a value of the wrong kind', 'cases.worklist', { stage: CANARY }, 400],
    ['a forged receipt', 'cases.submit', { pseudonym: CANARY, uploads: [CANARY] }, 400],
    ['something unknown', 'cases.detail', { caseId: CANARY }, 400],
    ['a procedure that does not exist', `cases.${encodeURIComponent('nothing')}`, { pseudonym: CANARY }, 404],
    ['a refused call', 'users.create', { email: 'x@y.zz', name: CANARY, role: 'admin' }, 403],
  ])('is in no answer to %s', async (_, path, input, status) => {
    const answer = await call(path, input);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('Canary');
    expect(log()).not.toContain('Canary');
  });

  it('is in no answer and no log when the database breaks in the middle', async () => {
    const broken = createDatabase('postgresql://nobody@127.0.0.1:1/nothing');
    const open = () => ({ ...portal().services, db: broken.db });
    const away = await call('cases.worklist', { search: CANARY }, open);
    expect(away.status).toBe(503);
    await portal().tamper('alter table cases rename to cases_away');
    try {
      const failed = await call('cases.worklist', { search: CANARY });
      expect(failed.status).toBe(500);
      for (const text of [away.body, failed.body, log()]) expect(text).not.toContain('Canary');
      expect(failed.body).not.toMatch(/select|relation|\bat /);
      expect(log()).toContain('cases.worklist');
    } finally {
      await portal().tamper('alter table cases_away rename to cases');
      await broken.close();
    }
  });

  it('is not taken from an address', async () => {
    const input = encodeURIComponent(JSON.stringify({ search: CANARY }));
    const request = await portal().request(
      `/api/trpc/cases.worklist?input=${input}`,
      portal().sessions.clinician,
    );
    const answer = await handleTrpc(request, () => portal().services);
    expect(answer.status).toBe(405);
  });
});
