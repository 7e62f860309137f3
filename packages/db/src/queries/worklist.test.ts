import type { Analysis, MaturityStage } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  decideForTests,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { storeAnalysis } from './analyses.ts';
import { recordCorrection } from './corrections.ts';
import { markFailed } from './image-queue.ts';
import { worklist, worklistCounts, worklistNeighbours } from './worklist.ts';
import { WORKLIST_SORTS, worklistQuerySchema } from './worklist-schemas.ts';

/**
 * Probability of Early against Benign for each analysed field: .1 costs 1 and .4 costs 4, which is deferred. The
 * dearest one, epsilon's, is read: it no longer counts.
 */
const CASES: [pseudonym: string, early: (number | null)[]][] = [
  ['alpha', [0.1]],
  ['beta', [0.2]],
  ['gamma_1', [0.4]],
  ['Gamma%2', [0.1, null]],
  ['delta', [null]],
  ['epsilon', [0.45]],
];

/** What else the network says, of every field of the case. */
const EVIDENCE: Record<string, Partial<Analysis>> = {
  alpha: { predictionSet: ['Benign'], outOfDistribution: { score: 9, flag: true } },
  beta: { predictionSet: ['Early', 'Pre', 'Pro'], outOfDistribution: { score: 1, flag: false } },
  gamma_1: { assessable: false, reasons: ['blurred'], predictionSet: ['Early', 'Pre'] },
  // Read: what was found no longer counts.
  epsilon: {
    assessable: false,
    predictionSet: ['Early', 'Pre', 'Pro', 'Benign'],
    outOfDistribution: { score: 9, flag: true },
  },
};

describe('worklist', () => {
  const test = withTestDatabase();
  const ids = new Map<string, string>();
  let actor: UserActor;

  const store = (imageId: string, early: number, evidence: Partial<Analysis> = {}) =>
    storeAnalysis(test().db, {
      imageId,
      analysis: someAnalysis({
        probabilities: { Benign: 1 - early, Early: early, Pre: 0, Pro: 0 },
        ...evidence,
      }),
      maskSha256: digestOf('mask'),
      durationMs: 1,
      decide: decideForTests,
    });
  const read = (imageId: string, stage: MaturityStage | null) =>
    recordCorrection(test().db, {
      actor,
      auditKey: AUDIT_KEY,
      adjudicate: adjudicateForTests,
      imageId,
      seen: null,
      correction: { stage, certainty: 'sure', confirmedBy: 'genetics', severity: 'none', comment: '' },
    });

  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    actor = await someone(db, 'clinician');
    for (const [pseudonym, fields] of CASES) {
      const { caseId, imageIds } = await someCase(db, { actor, pseudonym, count: fields.length });
      ids.set(caseId, pseudonym);
      for (const [i, early] of fields.entries())
        if (early !== null) await store(imageIds[i] ?? '', early, EVIDENCE[pseudonym]);
      if (pseudonym === 'delta') await markFailed(db, { imageId: imageIds[0] ?? '', code: 'INTERNAL' });
      if (pseudonym === 'epsilon') await read(imageIds[0] ?? '', 'Pro');
    }
  });

  const names = async (query: object) =>
    (await worklist(test().db, worklistQuerySchema.parse(query))).rows.map((row) => row.pseudonym);

  it.each([
    [{}, ['epsilon', 'delta', 'Gamma%2', 'gamma_1', 'beta', 'alpha']],
    [{ sort: 'expected-cost' }, ['gamma_1', 'beta', 'Gamma%2', 'alpha', 'epsilon', 'delta']],
    [{ sort: 'margin' }, ['gamma_1', 'beta', 'alpha', 'Gamma%2', 'delta', 'epsilon']],
    [{ sort: 'set-size' }, ['beta', 'gamma_1', 'alpha', 'epsilon', 'delta', 'Gamma%2']],
    // Entropy, closeness, cost over 2.5, novelty: (.361 + .4 + .8 + 1) / 4, (.486 + .8 + 1 + 0) / 4, (.235 + .2 + .4 + 1) / 4 ...
    [{ sort: 'information' }, ['beta', 'gamma_1', 'alpha', 'Gamma%2', 'epsilon', 'delta']],
    [{ finding: 'not-assessable' }, ['gamma_1']],
    [{ finding: 'out-of-distribution' }, ['alpha']],
    [{ finding: 'several-stages' }, ['gamma_1', 'beta']],
    [{ status: 'unread' }, ['delta', 'Gamma%2', 'gamma_1', 'beta', 'alpha']],
    [{ stage: 'Benign', withoutAi: true }, []],
    [{ stage: 'Pro', withoutAi: true }, ['epsilon']],
    [{ status: 'queued' }, ['Gamma%2']],
    [{ status: 'failed' }, ['delta']],
    [{ status: 'deferred' }, ['gamma_1']],
    [{ status: 'analysed' }, ['beta', 'alpha']],
    [{ status: 'corrected' }, ['epsilon']],
    [{ stage: 'Benign' }, ['Gamma%2', 'gamma_1', 'beta', 'alpha']],
    [{ stage: 'Pro' }, ['epsilon']],
    [{ search: 'GAMMA' }, ['Gamma%2', 'gamma_1']],
    [{ search: 'a_1' }, ['gamma_1']],
    [{ search: '%2' }, ['Gamma%2']],
    [{ search: "'; drop table cases; --" }, []],
    [{ stage: 'Benign', status: 'analysed', search: 'alp' }, ['alpha']],
  ])('%j', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('says why a case is informative, in that order alone', async () => {
    const rowsOf = async (query: object) =>
      (await worklist(test().db, worklistQuerySchema.parse(query))).rows;
    const [first, , third] = await rowsOf({ sort: 'information', status: 'analysed' });
    expect(first).toMatchObject({ pseudonym: 'beta' });
    const { score, ...parts } = first?.information ?? { score: Number.NaN };
    expect(Object.keys(parts)).toEqual(['spread', 'closeness', 'cost', 'novelty']);
    const mean = Object.values(parts).reduce((sum: number, part) => sum + part, 0) / 4;
    expect(score).toBeCloseTo(mean, 12);
    expect(first?.information).toMatchObject({
      closeness: expect.closeTo(0.4, 9),
      cost: expect.closeTo(0.8, 9),
    });
    expect(third).toBeUndefined();
    const read = await rowsOf({ sort: 'information', status: 'corrected' });
    expect(read.map(({ information }) => information)).toEqual([null]);
    expect((await rowsOf({})).every(({ information }) => information === null)).toBe(true);
  });

  it.each(WORKLIST_SORTS)('pages by %s without a gap or a repeat', async (sort) => {
    const whole = await names({ sort });
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = worklistQuerySchema.parse({ sort, limit: 1, ...(cursor ? { cursor } : {}) });
      const page = await worklist(test().db, query);
      paged.push(...page.rows.map((row) => row.pseudonym));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    const order = new Map([...ids].map(([id, name]) => [name, id]));
    for (const [i, name] of whole.entries()) {
      const caseId = order.get(name) ?? '';
      const found = await worklistNeighbours(test().db, { caseId, query: { sort } });
      expect(found).toEqual({
        previous: order.get(whole[i - 1] ?? '') ?? null,
        next: order.get(whole[i + 1] ?? '') ?? null,
      });
    }
  });

  it('shows the fields of a case in order, each with its own state', async () => {
    const { rows } = await worklist(test().db, worklistQuerySchema.parse({ search: 'Gamma%2' }));
    expect(rows[0]).toMatchObject({
      status: 'queued',
      expectedCost: 1,
      images: [
        { status: 'analysed', stage: 'Benign' },
        { status: 'queued', stage: null },
      ],
    });
    const failed = await worklist(test().db, worklistQuerySchema.parse({ search: 'delta' }));
    expect(failed.rows[0]).toMatchObject({ expectedCost: null, margin: null, findings: [], setSize: null });
    const torn = await worklist(test().db, worklistQuerySchema.parse({ search: 'gamma_1' }));
    expect(torn.rows[0]).toMatchObject({ findings: ['not-assessable', 'several-stages'], setSize: 2 });
  });

  it('counts cases per status', async () => {
    const all = { queued: 1, failed: 1, deferred: 1, analysed: 2, corrected: 1 };
    expect(await worklistCounts(test().db, {})).toEqual(all);
    expect(await worklistCounts(test().db, { search: 'alpha' })).toEqual({
      queued: 0,
      failed: 0,
      deferred: 0,
      analysed: 1,
      corrected: 0,
    });
  });

  it.each(['nonsense', Buffer.from('{"value":"x"}').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      await expect(names({ cursor })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );
});
