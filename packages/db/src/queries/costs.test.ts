import { costsDigest, DEFAULT_COST_WEIGHTS, type Severity, STUDY_COSTS } from '@blastwise/contracts';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { costMatrices, decisions } from '../schema/index.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  DEARER_MISSES,
  decideForTests as decide,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { storeAnalysis } from './analyses.ts';
import { caseDetail } from './case-detail.ts';
import { recordCorrection } from './corrections.ts';
import { activeCosts, listCosts } from './cost-matrices.ts';
import { activateCosts, draftCosts, proposeCosts, rejectCosts } from './costs.ts';
import { countUnsettled, unsettledAnalyses } from './redecide.ts';
import { severityJudgements } from './severity-judgements.ts';

describe('cost matrices', () => {
  const test = withTestDatabase();
  let anna: UserActor;
  let bert: UserActor;

  beforeAll(async () => {
    await someModel(test().db);
    anna = await someone(test().db, 'admin');
    bert = await someone(test().db, 'admin');
  });

  const reason = 'Agreed in the meeting.';
  const proposed = async (costs = DEARER_MISSES) => {
    const { id } = await draftCosts(test().db, { actor: anna, name: 'Dearer misses', costs });
    return proposeCosts(test().db, { actor: anna, id, reason });
  };
  const analysed = async (text?: string) => {
    const { db } = test();
    const { caseId, imageIds } = await someCase(db, { actor: anna, ...(text ? { text } : {}) });
    for (const imageId of imageIds) {
      const analysis = someAnalysis();
      await storeAnalysis(db, { imageId, analysis, maskSha256: digestOf('mask'), durationMs: 12, decide });
    }
    return { caseId, imageId: imageIds[0] ?? '' };
  };
  const decided = async (caseId: string) => (await caseDetail(test().db, caseId))?.images[0]?.decision;

  it('starts with the study, unvalidated, as version 1', async () => {
    const active = await activeCosts(test().db);
    expect(active).toMatchObject({ version: 1, costs: STUDY_COSTS, validated: false, status: 'active' });
  });

  it('has the digest that the command line gives to equal costs', async () => {
    const [study, dearer] = await Promise.all([STUDY_COSTS, DEARER_MISSES].map(costsDigest));
    const draft = { actor: anna, name: 'Dearer misses', costs: DEARER_MISSES };
    expect((await listCosts(test().db)).map(({ digest }) => digest)).toContain(study);
    expect((await draftCosts(test().db, draft)).digest).toBe(dearer);
  });

  it.each([
    ['a negative cost', { ...STUDY_COSTS, referralCost: -1 }, /negative/],
    ['a missing row', { ...STUDY_COSTS, matrix: STUDY_COSTS.matrix.slice(1) }, /four rows/],
  ])('refuses %s', async (_, costs, message) => {
    const before = (await listCosts(test().db)).length;
    const input: unknown = { actor: anna, name: 'Bad', costs };
    await expect(draftCosts(test().db, input as Parameters<typeof draftCosts>[1])).rejects.toThrow(message);
    expect(await listCosts(test().db)).toHaveLength(before);
  });

  it('asks for a reason and leaves nothing without one (R2, R3)', async () => {
    const { id } = await draftCosts(test().db, { actor: anna, name: 'No reason', costs: DEARER_MISSES });
    await expect(proposeCosts(test().db, { actor: anna, id, reason: '  ' })).rejects.toThrow(/reason/);
    expect((await listCosts(test().db)).find((row) => row.id === id)?.status).toBe('draft');
  });

  it('is activated by somebody else only (R11)', async () => {
    const { id } = await proposed();
    await expect(activateCosts(test().db, { actor: anna, id, reason, decide })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(
      test()
        .db.update(costMatrices)
        .set({ status: 'retired', decidedBy: anna.id })
        .where(eq(costMatrices.id, id)),
    ).rejects.toMatchObject({ constraint: 'cost_matrices_two_people' });
    expect((await rejectCosts(test().db, { actor: anna, id, reason })).status).toBe('rejected');
    await expect(activateCosts(test().db, { actor: bert, id, reason, decide })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('decides unread fields anew and leaves settled ones alone', async () => {
    const { db } = test();
    const [open, read] = [await analysed(), await analysed()];
    const seen = await decided(read.caseId);
    expect(seen).toMatchObject({ stage: 'Benign', expectedCost: 2.5, costMatrixVersion: 1 });
    await recordCorrection(db, {
      actor: bert,
      auditKey: AUDIT_KEY,
      adjudicate: adjudicateForTests,
      imageId: read.imageId,
      seen: seen ? { analysisId: seen.analysisId, decisionId: seen.id } : null,
      correction: {
        stage: 'Early',
        certainty: 'sure',
        confirmedBy: 'genetics',
        severity: 'serious',
        comment: '',
      },
    });
    const { id, version } = await proposed();
    const { matrix, redecided } = await activateCosts(db, { actor: bert, id, reason, decide });
    expect(matrix).toMatchObject({
      status: 'active',
      decidedBy: { id: bert.id },
      proposedBy: { id: anna.id },
    });
    expect(redecided).toBe(1);
    // .75 * 10 = 7.5 for Early, .25 * 40 = 10 for Benign: above the referral cost of 2.5.
    expect(await decided(open.caseId)).toMatchObject({
      stage: 'Early',
      expectedCost: 7.5,
      defer: true,
      costMatrixVersion: version,
    });
    expect(await decided(read.caseId)).toMatchObject({ id: seen?.id, costMatrixVersion: 1 });
    expect((await caseDetail(db, open.caseId))?.status).toBe('deferred');
    expect((await caseDetail(db, open.caseId))?.images[0]?.decisions).toHaveLength(2);
    expect((await unsettledAnalyses(db, { limit: 10 })).map((row) => row.imageId)).toEqual([open.imageId]);
    expect((await listCosts(db)).filter((row) => row.status === 'active')).toHaveLength(1);
  });

  it('decides anew what waits for another reader; each reading keeps the decision that its reader saw', async () => {
    const { db } = test();
    const back = await proposed(STUDY_COSTS);
    await activateCosts(db, { actor: bert, id: back.id, reason, decide });
    const fields = [await analysed(), await analysed()];
    const [waiting, disputed] = fields;
    const saw = async (caseId: string) => {
      const decision = await decided(caseId);
      return decision ? { analysisId: decision.analysisId, decisionId: decision.id } : null;
    };
    const read = async (
      field: { caseId: string; imageId: string } | undefined,
      stage: 'Early' | 'Pro',
      severity: Severity = 'minor',
    ) =>
      recordCorrection(db, {
        actor: await someone(db, 'clinician'),
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId: field?.imageId ?? '',
        seen: await saw(field?.caseId ?? ''),
        correction: { stage, certainty: 'sure', confirmedBy: 'morphology', severity, comment: '' },
      });
    const first = await read(waiting, 'Early');
    await read(disputed, 'Early');
    await read(disputed, 'Pro');
    const before = await countUnsettled(db);
    const { id, version } = await proposed();
    const { redecided } = await activateCosts(db, { actor: bert, id, reason, decide });
    expect(redecided).toBe(before.shown + before.blind);
    for (const { caseId } of fields) {
      expect(await decided(caseId)).toMatchObject({ stage: 'Early', costMatrixVersion: version });
      const [image] = (await caseDetail(db, caseId))?.images ?? [];
      expect(image?.decisions).toHaveLength(2);
      expect(image?.status).toBe('corrected');
    }
    const [image] = (await caseDetail(db, waiting?.caseId ?? ''))?.images ?? [];
    expect(image?.corrections).toMatchObject([{ id: first.id, decisionId: first.decisionId }]);

    await read(waiting, 'Early', 'none');
    const judged = (await severityJudgements(db)).judgements.filter((j) => j.imageId === waiting?.imageId);
    // Only the first was answered with an error; the second saw a deferred field.
    expect(judged).toMatchObject([{ actual: 'Early', predicted: 'Benign', severity: 'minor' }]);
  });

  it('has one active version after two activations at once', async () => {
    const [one, two] = [await proposed(), await proposed(STUDY_COSTS)];
    const results = await Promise.allSettled(
      [one, two].map(({ id }) => activateCosts(test().db, { actor: bert, id, reason, decide })),
    );
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled']);
    expect((await listCosts(test().db)).filter((row) => row.status === 'active')).toHaveLength(1);
    const same = await proposed();
    const twice = await Promise.allSettled(
      [1, 2].map(() => activateCosts(test().db, { actor: bert, id: same.id, reason, decide })),
    );
    expect(twice.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('never leaves a field under an old matrix, whatever comes first', async () => {
    const { db } = test();
    const cases = await Promise.all([1, 2, 3, 4].map(() => someCase(db, { actor: anna, count: 3 })));
    const { id } = await proposed();
    const store = (imageId: string) =>
      storeAnalysis(db, {
        imageId,
        analysis: someAnalysis(),
        maskSha256: digestOf('m'),
        durationMs: 1,
        decide,
      });
    const stores = cases.flatMap(({ imageIds }) => imageIds).map(store);
    await Promise.all([...stores, activateCosts(db, { actor: bert, id, reason, decide })]);
    for (const { caseId } of cases) {
      for (const image of (await caseDetail(db, caseId))?.images ?? []) {
        expect(image.decision?.costMatrixId).toBe(id);
      }
    }
  });

  it('is not activated by who drew it up, whoever proposed it, and keeps what it was computed from', async () => {
    const { db } = test();
    const basis = { weights: DEFAULT_COST_WEIGHTS, cells: [] };
    const draft = await draftCosts(db, {
      ...{ actor: anna, name: 'Computed', costs: DEARER_MISSES, basis, reason: 'Not yet.' },
    });
    expect(draft).toMatchObject({ status: 'draft', basis, reason: 'Not yet.' });
    await proposeCosts(db, { actor: bert, id: draft.id, reason });
    for (const actor of [anna, bert]) {
      await expect(activateCosts(db, { actor, id: draft.id, reason, decide })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const third = await someone(db, 'admin');
    const { matrix } = await activateCosts(db, { actor: third, id: draft.id, reason, decide });
    expect(matrix).toMatchObject({ status: 'active', basis, reason });
    expect((await proposed()).basis).toBeNull();
  });

  it('keeps what a version says, also from the owner', async () => {
    const { id } = await activeCosts(test().db);
    await expect(
      test().db.update(costMatrices).set({ referralCost: 1 }).where(eq(costMatrices.id, id)),
    ).rejects.toThrow(/42501/);
    await expect(
      test().owner.update(costMatrices).set({ referralCost: 1 }).where(eq(costMatrices.id, id)),
    ).rejects.toThrow(/23001/);
    await expect(test().owner.delete(decisions)).rejects.toThrow(/23001/);
    await expect(test().db.delete(decisions)).rejects.toThrow(/42501/);
  });
});
