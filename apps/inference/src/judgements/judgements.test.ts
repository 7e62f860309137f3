import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type JudgedAnswer,
  MATURITY_STAGES,
  type MaturityStage,
  STUDY_COSTS,
  stageIndex,
  toStageVector,
} from '@blastwise/contracts';
import {
  adjudicatedImages,
  comparedFields,
  createUser,
  listLockedTestSets,
  listLockedTestUses,
  openAnalysisQueue,
  openAuditKey,
  openLockedTestSet,
  openOwnTest,
  recordCorrection,
  registerModel,
  requestJudgement,
  SYSTEM,
  setGateMargin,
  setModelInService,
  storeAnalysis,
  type UserActor,
} from '@blastwise/db';
import { type BlobStore, openBlobStore } from '@blastwise/db/blobs';
import { decideForTests, someAnalysis, withTestDatabase } from '@blastwise/db/testing';
import {
  answersToFeatures,
  answersToImages,
  attachFiles,
  createImage,
  decodeLockedTest,
  encodeJpeg,
  encodeLockedTest,
  encodeMarks,
  encodePng,
  fingerprintBytes,
  LOCKED_TEST_FILE,
  loadArtifact,
  lockedTestOf,
  MARKS_FILE,
  marksOf,
  minimumRisk,
  networkDigest,
  openPredictor,
  type RgbImage,
  reservedForTest,
  seededRandom,
} from '@blastwise/model';
import { adjudicate } from '@blastwise/model/adjudication';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { submitCase } from '../testing/submitted-case.ts';
import { writeTinyModel } from '../testing/tiny-model.ts';
import { startJudgements } from './judgements.ts';

const database = withTestDatabase();
const SOON = { timeout: 60_000, interval: 100 };
const ROWS = 600;
const ROWS_A_GROUP = 10;

describe('startJudgements', () => {
  let root = '';
  let blobs: BlobStore;
  let actor: UserActor;
  const folders = new Map<string, string>();
  const digests = { champion: '', better: '', other: '' };

  /** Fields whose true stage is what the better model says: the champion is often wrong about them. */
  async function lockFields(): Promise<void> {
    const better = await loadArtifact(join(root, 'better'));
    const random = seededRandom(7);
    const dimension = 1280 + 2 * 4;
    const rows = Array.from({ length: ROWS }, (_, i) => ({
      group: `g${Math.floor(i / ROWS_A_GROUP)}`,
      features: Float32Array.from({ length: dimension }, () => 3 * random.normal()),
      stage: 'Benign' as const,
    }));
    const answers = await answersToFeatures(better, decodeLockedTest(encodeLockedTest(rows)));
    const truth = answers.map(({ probabilities }) => minimumRisk(probabilities, STUDY_COSTS));
    expect(new Set(truth).size).toBe(MATURITY_STAGES.length);
    const locked = encodeLockedTest(rows.map((row, i) => ({ ...row, stage: truth[i] ?? 'Benign' })));
    await attachFiles(join(root, 'champion'), { [LOCKED_TEST_FILE]: locked });
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'judgements-'));
    blobs = openBlobStore(join(root, 'blobs'));
    const { db } = database();
    for (const [name, seed, saturation] of [
      ['champion', 1, 0.5],
      ['better', 2, 0.5],
      ['other', 3, 0.25],
    ] as const) {
      const digest = await writeTinyModel(join(root, name), seed, saturation);
      digests[name] = digest;
      folders.set(digest, join(root, name));
      await registerModel(db, { reason: 'For tests.', actor: SYSTEM, digest, name, card: '', manifest: {} });
    }
    await lockFields();
    await setModelInService(db, { actor: SYSTEM, digest: digests.champion, reason: 'For tests.' });
    const account = { email: 'ada@example.org', name: 'Ada', role: 'admin', passwordHash: 'none' } as const;
    actor = { id: (await createUser(db, { actor: SYSTEM, ...account })).id, role: 'admin' };
  }, 120_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  const stored = {
    folderOf: async (digest: string) => folders.get(digest) ?? '',
    own: async () => ({ digest: digests.champion, name: 'champion', card: '', plots: {}, manifest: {} }),
    ownTest: async () => lockedTestOf(await loadArtifact(join(root, 'champion'))),
  };
  const start = () =>
    startJudgements({
      databaseUrl: database().appUrl,
      blobDir: join(root, 'blobs'),
      models: stored,
      provider: 'cpu',
      log: createLogger('silent'),
    });
  const judge = async (digest: string, setId: string) => {
    const { id } = await requestJudgement(database().db, { actor, setId, digest });
    const ended = async () => {
      const use = (await listLockedTestUses(database().db)).find((u) => u.id === id);
      expect(use?.endedAt).not.toBeNull();
      return use;
    };
    return vi.waitFor(ended, SOON);
  };

  it('opens the test that came with the model, and judges a challenger on it', {
    timeout: 120_000,
  }, async () => {
    const running = start();
    const sets = await vi.waitFor(async () => {
      const found = await listLockedTestSets(database().db);
      expect(found).toHaveLength(1);
      return found;
    }, SOON);
    const [set] = sets;
    expect(set).toMatchObject({ fields: ROWS, groups: ROWS / ROWS_A_GROUP, budget: 20, images: null });

    const better = await judge(digests.better, set?.id ?? '');
    expect(better).toMatchObject({ verdict: 'promote', failure: null });
    expect(better?.judgement).toMatchObject({
      decidedOn: 'locked',
      reserved: null,
      locked: { fields: ROWS, level: 0.05 / 20, malignantToBenign: { onlyChallenger: 0 } },
    });
    // What both said is kept: counted again, it gives the figure of the verdict.
    const { champion: first, better: second } = digests;
    const fields = await comparedFields(database().db, { first, second });
    const costOf = (answer: JudgedAnswer, actual: MaturityStage) => {
      const stage = minimumRisk(toStageVector(answer.probabilities), STUDY_COSTS);
      return STUDY_COSTS.matrix[stageIndex(actual)]?.[stageIndex(stage)] ?? Number.NaN;
    };
    const gaps = fields.map(
      (field) => costOf(field.second, field.actual) - costOf(field.first, field.actual),
    );
    expect(fields.map(({ place }) => place)).toEqual(Array.from({ length: ROWS }, (_, i) => i));
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / ROWS).toBeCloseTo(
      better?.judgement?.locked.costDifference.mean ?? Number.NaN,
      9,
    );
    const other = await judge(digests.other, set?.id ?? '');
    expect(other).toMatchObject({
      verdict: null,
      failure: expect.stringContaining("another network than the challenger's"),
    });
    expect((await listLockedTestSets(database().db))[0]?.used).toBe(1);
    await running.stop();
  });

  it('judges another network on a set of images', { timeout: 120_000 }, async () => {
    const running = start();
    const blobSha256 = await blobs.put(await encodePng(createImage(224, 224, [200, 150, 210])));
    const images = MATURITY_STAGES.map((stage) => ({ blobSha256, stage, group: stage }));
    const { id } = await openLockedTestSet(database().db, {
      ...{ actor, name: 'Pictures', origin: 'Made for tests.', contentSha256: 'a'.repeat(64) },
      ...{ networkSha256: null, images, fields: 4, groups: 4 },
    });
    const use = await judge(digests.other, id);
    expect(use?.judgement?.locked).toMatchObject({ fields: 4, groups: 4 });
    // The first set holds what another network than this challenger's sees.
    expect(use?.judgement?.guard).toBeNull();
    const [first] = await listLockedTestSets(database().db);
    const guarded = await judge(digests.better, id);
    expect(guarded?.judgement?.guard).toMatchObject({
      ...{ setId: first?.id, setName: first?.name },
      comparison: { fields: ROWS, groups: ROWS / ROWS_A_GROUP, malignantToBenign: { onlyChallenger: 0 } },
    });
    const [counted] = await listLockedTestSets(database().db);
    expect(counted?.used).toBe((first?.used ?? 0) + 1);
    await running.stop();
  });

  it('judges by reserved cases, without those that are settled because the answer was wrong', {
    timeout: 120_000,
  }, async () => {
    const { db, appUrl } = database();
    const queue = await openAnalysisQueue(appUrl, { work: false });
    const auditKey = openAuditKey('a key for tests, long enough to be one');
    const account = { email: 'sam@example.org', name: 'Sam', role: 'senior', passwordHash: 'none' } as const;
    const senior = { id: (await createUser(db, { actor: SYSTEM, ...account })).id, role: 'senior' } as const;
    let seed = 0;
    const submit = async (): Promise<string> => {
      seed += 1;
      const fields = [await encodePng(generateField({ seed, stage: 'Pre', size: 112 }).image)];
      const [imageId = ''] = await submitCase({ db, queue, blobs, fields });
      return imageId;
    };
    const analyse = async (imageId: string) => {
      const of = someAnalysis({ stage: 'Early', probabilities: { Benign: 0, Early: 1, Pre: 0, Pro: 0 } });
      const analysis = { ...of, versions: { ...of.versions, modelDigest: digests.champion } };
      const input = { imageId, analysis, maskSha256: 'a'.repeat(64), durationMs: 1 };
      const stored = await storeAnalysis(db, { ...input, decide: decideForTests });
      if (stored.outcome === 'stale-model') throw new Error('The champion is not in service.');
      return { analysisId: stored.analysisId, decisionId: stored.decisionId };
    };
    /** Cases settled by a senior until one of them is reserved. */
    const settleReserved = async (isSeen: boolean): Promise<void> => {
      for (;;) {
        const imageId = await submit();
        const seen = isSeen ? await analyse(imageId) : null;
        await recordCorrection(db, {
          ...{ actor: senior, auditKey, adjudicate, imageId, seen },
          correction: {
            ...{ stage: 'Pre', certainty: 'sure', confirmedBy: 'genetics', comment: '' },
            severity: isSeen ? 'serious' : 'none',
          },
        });
        const settled = (await adjudicatedImages(db)).find((image) => image.imageId === imageId);
        if (settled && reservedForTest(settled.patient)) return;
      }
    };
    await settleReserved(false);
    await settleReserved(true);
    // Nobody has objected to this one, and it is not settled.
    await analyse(await submit());
    const running = start();
    const [set] = await listLockedTestSets(db);
    const use = await judge(digests.better, set?.id ?? '');
    expect(use?.judgement?.reserved).toMatchObject({ fields: 1, groups: 1 });
    expect(use?.judgement?.reasons.at(-1)).toMatch(/^Of 2 reserved fields 1 was left out by lot: /);
    await running.stop();
    await queue.stop();
  });

  it('knows images that are fields of its own test, and judges by the margin that was set', {
    timeout: 120_000,
  }, async () => {
    const { db } = database();
    const own = await loadArtifact(join(root, 'champion'));
    const pictures = await Promise.all(
      [1, 2].map(async (seed) => generateField({ seed, stage: 'Pre' }).image),
    );
    const predictor = await openPredictor(own.dir, { threads: 1 });
    const seen = await answersToImages(
      predictor,
      pictures.map((image) => ({ stage: 'Pre', group: '0', read: async () => image })),
    );
    await predictor.close();
    const [field] = seen;
    const bytes = encodeLockedTest(field ? [{ stage: 'Pre', group: '0', features: field.features }] : []);
    const features = await openOwnTest(db, blobs, await stored.own(), {
      ...{ bytes, contentSha256: await blobs.put(bytes), networkSha256: networkDigest(own) },
      ...{ fields: 1, groups: 1 },
    });
    const open = async (name: string, image: RgbImage | undefined) => {
      const blobSha256 = await blobs.put(await encodePng(image ?? createImage(8, 8, [0, 0, 0])));
      return openLockedTestSet(db, {
        ...{ actor, name, origin: 'Made for tests.', contentSha256: blobSha256, networkSha256: null },
        ...{ images: [{ blobSha256, stage: 'Pre', group: '0' }], fields: 1, groups: 1 },
      });
    };
    const same = await open('The same field', pictures[0]);
    const other = await open('Another field', pictures[1]);
    await setGateMargin(db, { actor, margin: 0.03, reason: 'For tests.' });
    const running = start();
    const use = await judge(digests.better, same.id);
    expect(use?.judgement?.locked.malignantToBenign.margin).toBe(0.03);
    const sets = new Map((await listLockedTestSets(db)).map((set) => [set.id, set]));
    expect(sets.get(same.id)).toMatchObject({ used: 1, sharesWith: [{ id: features.id }] });
    expect(sets.get(features.id)).toMatchObject({ used: 1, sharesWith: [{ id: same.id }] });
    expect(sets.get(other.id)).toMatchObject({ used: 0, sharesWith: [] });
    await running.stop();
  });

  it('knows a copy of a field of its own test by its landmarks', { timeout: 120_000 }, async () => {
    const { db } = database();
    const { image } = generateField({ seed: 5, stage: 'Early' });
    const { thumbnail } = await fingerprintBytes('', await encodePng(image));
    const marked = {
      sha256: 'b'.repeat(64),
      stage: 'Early',
      side: 'test',
      marks: marksOf(thumbnail),
    } as const;
    await attachFiles(join(root, 'champion'), { [MARKS_FILE]: encodeMarks([marked]) });
    const blobSha256 = await blobs.put(await encodeJpeg(image, 60));
    const copies = await openLockedTestSet(db, {
      ...{ actor, name: 'A copy', origin: 'Made for tests.', contentSha256: blobSha256, networkSha256: null },
      ...{ images: [{ blobSha256, stage: 'Early', group: '0' }], fields: 1, groups: 1 },
    });
    const running = start();
    await judge(digests.better, copies.id);
    await running.stop();
    const sets = await listLockedTestSets(db);
    const brought = sets.find(({ fields }) => fields === ROWS);
    expect(sets.find(({ id }) => id === copies.id)?.sharesWith).toMatchObject([{ id: brought?.id }]);
  });
});
