import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { SYSTEM } from '../actor.ts';
import { listAudit } from '../audit/index.ts';
import { type AnalysisQueue, openAnalysisQueue } from '../jobs/index.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  decideForTests,
  digestOf,
  MODEL,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { storeAnalysis } from './analyses.ts';
import { caseDetail, imageBlobs } from './case-detail.ts';
import { acceptCase } from './cases.ts';
import { recordCorrection } from './corrections.ts';
import { findDuplicates } from './duplicates.ts';
import { analyseAgain, enqueueWaiting, imageForAnalysis, markFailed } from './image-queue.ts';
import { registerModel, setModelInService } from './models.ts';

const NEVER = '01890000-0000-7000-8000-000000000000';

describe('cases and their analysis', () => {
  const test = withTestDatabase();
  let actor: UserActor;
  let queue: AnalysisQueue;

  beforeAll(async () => {
    await someModel(test().db);
    actor = await someone(test().db, 'clinician');
    queue = await openAnalysisQueue(test().appUrl, { work: false });
    return () => queue.stop();
  });

  const submit = (text: string, count = 1) =>
    acceptCase(test().db, {
      actor,
      auditKey: AUDIT_KEY,
      queue,
      pseudonym: `P-${text}`,
      note: 'CANARY',
      images: Array.from({ length: count }, (_, i) => ({
        blobSha256: digestOf(`${text} ${i}`),
        width: 9,
        height: 8,
        bytes: 7,
      })),
    });
  const counts = async () => {
    const { rows } = await test().owner.execute<Record<string, number>>(sql`select
      (select count(*)::int from cases) as cases, (select count(*)::int from images) as images,
      (select count(*)::int from pgboss.job) as jobs, (select count(*)::int from audit_events) as events`);
    return rows[0];
  };
  const heat = digestOf('heat');
  const heatmaps = { Benign: heat, Early: heat, Pre: heat, Pro: digestOf('hotter') };
  const store = (imageId: string, analysis = someAnalysis()) =>
    storeAnalysis(test().db, {
      imageId,
      analysis,
      maskSha256: digestOf('mask'),
      heatmaps,
      durationMs: 3.4,
      decide: decideForTests,
    });

  it('accepts case, fields, jobs and audit row together, in order', async () => {
    const before = await counts();
    const accepted = await submit('one', 3);
    expect(accepted.images.map(({ position }) => position)).toEqual([0, 1, 2]);
    expect(await counts()).toEqual({
      cases: (before?.cases ?? 0) + 1,
      images: (before?.images ?? 0) + 3,
      jobs: (before?.jobs ?? 0) + 3,
      events: (before?.events ?? 0) + 1,
    });
    const detail = await caseDetail(test().db, accepted.caseId);
    expect(detail).toMatchObject({ pseudonym: 'P-one', status: 'queued', submittedBy: { id: actor.id } });
    expect(detail?.images.map((image) => image.id)).toEqual(accepted.images.map((image) => image.id));
  });

  it('leaves nothing when any part fails (R2, R23)', async () => {
    const before = await counts();
    const failing: AnalysisQueue = {
      ...queue,
      enqueueAnalysis: async (tx, imageId) => {
        await queue.enqueueAnalysis(tx, imageId);
        throw new Error('The power went out.');
      },
    };
    const images = [{ blobSha256: digestOf('x'), width: 1, height: 1, bytes: 1 }];
    const input = { actor, auditKey: AUDIT_KEY, pseudonym: 'P', note: '', images };
    await expect(acceptCase(test().db, { ...input, queue: failing })).rejects.toThrow('power');
    await expect(
      test().db.transaction(async (tx) => {
        await acceptCase(tx, { ...input, queue });
        throw new Error('Later.');
      }),
    ).rejects.toThrow('Later');
    await expect(acceptCase(test().db, { ...input, queue, images: [] })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(await counts()).toEqual(before);
  });

  it('makes one case of a submission that comes twice, also at once', async () => {
    const { db } = test();
    const field = { width: 1, height: 1, bytes: 1 };
    const images = [0, 1].map((i) => ({ ...field, blobSha256: digestOf(`twice ${i}`) }));
    const input = { actor, auditKey: AUDIT_KEY, queue, pseudonym: 'P', note: '', images, submission: 'a b' };
    const before = await counts();
    const [first, second] = await Promise.all([acceptCase(db, input), acceptCase(db, input)]);
    expect(second).toEqual(first);
    expect(await acceptCase(db, input)).toEqual(first);
    expect(await counts()).toEqual({
      cases: (before?.cases ?? 0) + 1,
      images: (before?.images ?? 0) + 2,
      jobs: (before?.jobs ?? 0) + 2,
      events: (before?.events ?? 0) + 1,
    });
    await expect(acceptCase(db, { ...input, note: 'Another.' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const other = await acceptCase(db, { ...input, submission: 'a c' });
    expect(other.caseId).not.toBe(first.caseId);
    expect(other.images[0]?.duplicates).toHaveLength(1);
  });

  it('keeps patient data out of jobs, audit rows and errors (R3, R17)', async () => {
    await submit('canary');
    const { rows } = await test().owner.execute(sql`
      select data::text as text from pgboss.job union all select e::text from audit_events e`);
    const events = await listAudit(test().db, { limit: 1, action: 'case.accept' });
    expect(events[0]).toMatchObject({ actorId: actor.id, fields: ['pseudonym', 'note', 'images'] });
    expect(JSON.stringify(rows)).not.toMatch(/CANARY|P-canary/);
    const images = [{ blobSha256: 'no digest', width: 1, height: 1, bytes: 1 }];
    const refused = acceptCase(test().db, {
      actor,
      auditKey: AUDIT_KEY,
      queue,
      pseudonym: 'P-CANARY',
      note: '',
      images,
    });
    const error: unknown = await refused.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'QueryError', code: '23514', constraint: 'images_blob_is_sha256' });
    expect(`${error instanceof Error ? error.stack : ''}${JSON.stringify(error)}`).not.toMatch(
      /CANARY|no digest/,
    );
  });

  it('says at which level a model rules stages out, and which shares of them it assumes, as its own file has it', async () => {
    const { db } = test();
    const { caseId, images } = await submit('level', 2);
    const [plain = '', leveled = ''] = images.map(({ id }) => id);
    const told = async () =>
      (await caseDetail(db, caseId))?.images.map(({ setLevel, assumedPrior }) => [setLevel, assumedPrior]);
    const nothing = [null, null];
    expect(await told()).toEqual([nothing, nothing]);
    await store(plain);
    const digest = digestOf('with sets');
    const manifest = {
      conformal: { levels: [0.95, 0.9, 0.95, 0.99] },
      calibration: { prior: [0.1, 0.2, 0.3, 0.4] },
    };
    await registerModel(db, {
      reason: 'For tests.',
      actor: SYSTEM,
      digest,
      name: 'with sets',
      card: '',
      manifest,
    });
    await setModelInService(db, { actor: SYSTEM, digest, reason: 'For this test.' });
    const analysis = someAnalysis();
    await store(leveled, { ...analysis, versions: { ...analysis.versions, modelDigest: digest } });
    await setModelInService(db, { actor: SYSTEM, digest: MODEL, reason: 'As it was.' });
    expect(await told()).toEqual([nothing, [0.9, { Benign: 0.1, Early: 0.2, Pre: 0.3, Pro: 0.4 }]]);
  });

  it('links fields with the same pixels', async () => {
    const first = await submit('twin');
    const second = await submit('twin');
    expect(first.images[0]?.duplicates).toEqual([]);
    expect(second.images[0]?.duplicates).toMatchObject([
      { imageId: first.images[0]?.id, caseId: first.caseId, settled: null },
    ]);
    const known = await findDuplicates(test().db, [digestOf('twin 0'), digestOf('unknown')]);
    expect(known.get(digestOf('twin 0'))?.map(({ caseId }) => caseId)).toEqual([second.caseId, first.caseId]);
    expect((await caseDetail(test().db, second.caseId))?.images[0]?.duplicates).toHaveLength(1);
  });

  it('says what copies are settled as', async () => {
    const { db } = test();
    const [first, second] = [await submit('settled twin'), await submit('settled twin')];
    const senior = await someone(db, 'senior');
    const settledIn = async ({ caseId }: typeof first) =>
      (await caseDetail(db, caseId))?.images[0]?.duplicates.map(({ settled }) => settled);
    const correction = {
      certainty: 'sure',
      confirmedBy: 'morphology',
      severity: 'none',
      comment: '',
    } as const;
    for (const [{ images }, stage] of [
      [first, 'Pro'],
      [second, null],
    ] as const)
      await recordCorrection(db, {
        ...{ actor: senior, auditKey: AUDIT_KEY, adjudicate: adjudicateForTests, seen: null },
        imageId: images[0]?.id ?? '',
        correction: { ...correction, stage },
      });
    expect(await settledIn(first)).toEqual([{ stage: null }]);
    expect(await settledIn(second)).toEqual([{ stage: 'Pro' }]);
  });

  it('stores one result, however often and at once it is tried (R23)', async () => {
    const { db } = test();
    const { caseId, imageIds } = await someCase(db, { actor });
    const imageId = imageIds[0] ?? '';
    expect(await imageForAnalysis(db, imageId)).toMatchObject({ caseId, status: 'queued' });
    const results = await Promise.all([store(imageId), store(imageId), store(imageId)]);
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual([
      'already-stored',
      'already-stored',
      'stored',
    ]);
    expect(new Set(results.map((result) => 'analysisId' in result && result.analysisId)).size).toBe(1);
    const detail = await caseDetail(db, caseId);
    expect(detail?.images[0]).toMatchObject({
      status: 'analysed',
      analysis: {
        margin: 0.5,
        durationMs: 3,
        maskSha256: digestOf('mask'),
        versions: someAnalysis().versions,
      },
      decision: { stage: 'Benign', expectedCost: 2.5, defer: false, costMatrixVersion: 1 },
    });
    expect(await imageBlobs(db, imageId)).toEqual({
      caseId,
      width: 224,
      height: 224,
      blobSha256: expect.any(String),
      maskSha256: digestOf('mask'),
      nucleusSha256: null,
      heatmaps,
    });
  });

  it('stores nothing of a model that is no longer in service (R4)', async () => {
    const { db } = test();
    const { caseId, imageIds } = await someCase(db, { actor });
    const digest = digestOf('model two');
    await registerModel(db, {
      reason: 'For tests.',
      actor: SYSTEM,
      digest,
      name: 'two',
      card: '',
      manifest: {},
    });
    await setModelInService(db, { actor: SYSTEM, digest, reason: 'Newer.' });
    expect(await store(imageIds[0] ?? '')).toEqual({ outcome: 'stale-model', inService: digest });
    expect((await caseDetail(db, caseId))?.images[0]).toMatchObject({ status: 'queued', analysis: null });
    await someModel(db);
    expect(await store(imageIds[0] ?? '')).toMatchObject({ outcome: 'stored' });
  });

  it('fails, tries again and is analysed', async () => {
    const { db } = test();
    const { caseId, images } = await submit('failing');
    const imageId = images[0]?.id ?? '';
    await markFailed(db, { imageId, code: 'IMAGE_TRUNCATED' });
    expect(await caseDetail(db, caseId)).toMatchObject({
      status: 'failed',
      images: [{ failureCode: 'IMAGE_TRUNCATED' }],
    });
    await analyseAgain(db, { actor, imageId, queue });
    await expect(analyseAgain(db, { actor, imageId, queue })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await caseDetail(db, caseId))?.status).toBe('queued');
    await store(imageId);
    await markFailed(db, { imageId, code: 'INTERNAL' });
    expect((await caseDetail(db, caseId))?.status).toBe('analysed');
  });

  it('analyses an unread field again once the model that did is no longer in service, and only then', async () => {
    const { db } = test();
    const { caseId, imageIds } = await someCase(db, { actor, count: 2 });
    const [imageId = '', read = ''] = imageIds;
    const field = async () => (await caseDetail(db, caseId))?.images[0];
    const again = (id = imageId) => analyseAgain(db, { actor, imageId: id, queue });
    const serve = (digest: string) =>
      setModelInService(db, { actor: SYSTEM, digest, reason: 'For this test.' });
    const first = await store(imageId);
    await expect(again()).rejects.toMatchObject({ code: 'CONFLICT' });
    const stored = await store(read);
    if (!('analysisId' in stored)) throw new Error('Nothing was stored.');
    await recordCorrection(db, {
      ...{ actor, auditKey: AUDIT_KEY, imageId: read, adjudicate: adjudicateForTests },
      seen: { analysisId: stored.analysisId, decisionId: stored.decisionId },
      correction: {
        stage: 'Benign',
        certainty: 'sure',
        confirmedBy: 'morphology',
        severity: 'none',
        comment: '',
      },
    });

    const digest = digestOf('the better model');
    await registerModel(db, {
      reason: 'For tests.',
      actor: SYSTEM,
      digest,
      name: 'better',
      card: '',
      manifest: {},
    });
    await serve(digest);
    await expect(again(read)).rejects.toMatchObject({ code: 'CONFLICT' });
    await again();
    expect(await field()).toMatchObject({ status: 'queued', analysis: null, decision: null });
    await expect(again()).rejects.toMatchObject({ code: 'CONFLICT' });
    const { versions } = someAnalysis();
    const other = someAnalysis({ stage: 'Pro', versions: { ...versions, modelDigest: digest } });
    const second = await store(imageId, other);
    expect(second).toMatchObject({ outcome: 'stored' });
    expect(await field()).toMatchObject({ status: 'analysed', analysis: { stage: 'Pro' } });

    // Rolled back, the first result is in force once more, though the network has run again.
    await serve(MODEL);
    await again();
    expect(await store(imageId)).toEqual({ ...first, outcome: 'stored' });
    expect(await field()).toMatchObject({
      analysis: { stage: 'Benign', versions },
      decision: { stage: 'Benign' },
    });
    const asked = await listAudit(db, { limit: 9, action: 'analysis.retry' });
    expect(asked.filter(({ subjectId }) => subjectId === imageId)).toHaveLength(2);
  });

  it('enqueues waiting fields that have no job, once', async () => {
    const { imageIds } = await someCase(test().db, { actor, count: 2 });
    const before = (await counts())?.jobs ?? 0;
    expect(await enqueueWaiting(test().db, queue)).toBeGreaterThanOrEqual(imageIds.length);
    expect(await enqueueWaiting(test().db, queue)).toBe(0);
    expect((await counts())?.jobs).toBeGreaterThanOrEqual(before + imageIds.length);
  });

  it('says so when there is no such thing', async () => {
    const { db } = test();
    expect(await caseDetail(db, NEVER)).toBeNull();
    expect(await imageBlobs(db, NEVER)).toBeNull();
    expect(await imageForAnalysis(db, NEVER)).toBeNull();
    await expect(store(NEVER)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no such image.',
    });
    await expect(markFailed(db, { imageId: NEVER, code: 'INTERNAL' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
