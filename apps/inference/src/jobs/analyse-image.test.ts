import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AnalysisQueue,
  createDatabase,
  type DatabaseHandle,
  openAnalysisQueue,
  SYSTEM,
  setModelInService,
  type TakenJob,
} from '@blastwise/db';
import { type BlobStore, openBlobStore } from '@blastwise/db/blobs';
import { withTestDatabase } from '@blastwise/db/testing';
import { createImage, encodePng } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelDouble } from '../testing/model-double.ts';
import { ANALYSED_ONCE, resultsOf } from '../testing/results.ts';
import { submitCase } from '../testing/submitted-case.ts';
import { testPredictions } from '../testing/test-worker.ts';
import { analyseImage } from './analyse-image.ts';
import { bringIntoService } from './model-in-service.ts';

const database = withTestDatabase();

const job = (imageId: string, rest: Partial<TakenJob> = {}): TakenJob => ({
  imageId,
  jobId: 'j1',
  retryCount: 0,
  lastTry: false,
  signal: new AbortController().signal,
  ...rest,
});

describe('analyseImage', () => {
  let blobs: BlobStore;
  let blobDir: string;
  let queue: AnalysisQueue;
  let handle: DatabaseHandle;
  let field: Uint8Array;

  beforeAll(async () => {
    blobDir = await mkdtemp(join(tmpdir(), 'blobs-'));
    blobs = openBlobStore(blobDir);
    handle = createDatabase(database().appUrl);
    queue = await openAnalysisQueue(database().appUrl, { work: false });
    field = await encodePng(createImage(40, 30, [160, 90, 200]));
    await bringIntoService(database().db, modelDouble().identity, false);
  });
  afterAll(async () => {
    await queue.stop();
    await handle.close();
    await rm(blobDir, { recursive: true, force: true });
  });

  const submit = async (bytes: Uint8Array): Promise<string> => {
    const [id = ''] = await submitCase({ db: database().db, queue, blobs, fields: [bytes] });
    return id;
  };
  const run = async (taken: TakenJob, model = modelDouble()) =>
    analyseImage(taken, {
      db: database().db,
      blobs,
      predictions: await testPredictions(model),
      follow: async () => false,
    });

  it('stores the analysis, its masks, its heatmaps and the decision under the active matrix', async () => {
    const imageId = await submit(field);
    expect(await run(job(imageId))).toBe('stored');
    expect(await resultsOf(handle, [imageId])).toEqual([ANALYSED_ONCE]);
    const { rows } = await handle.pool.query(
      'select a.mask_sha256, a.nucleus_sha256, a.heatmaps, a.stage, d.stage as decided, d.defer from analyses a join decisions d on d.analysis_id = a.id where a.image_id = $1',
      [imageId],
    );
    const { mask_sha256, nucleus_sha256, heatmaps, ...decided } = rows[0];
    expect(decided).toEqual({ stage: 'Pre', decided: 'Pre', defer: false });
    expect(Object.keys(heatmaps).toSorted()).toEqual(['Benign', 'Early', 'Pre', 'Pro']);
    expect(heatmaps.Pre).not.toBe(heatmaps.Early);
    for (const digest of [mask_sha256, nucleus_sha256, ...Object.values<string>(heatmaps)])
      expect(await blobs.has(digest)).toBe(true);
  });

  it('leaves one result when it runs twice, one after the other or at once', async () => {
    const [first, second] = [await submit(field), await submit(field)];
    expect([await run(job(first)), await run(job(first))]).toEqual(['stored', 'repeated']);
    const outcomes = await Promise.all([1, 2, 3].map(() => run(job(second))));
    expect(outcomes.sort()).toEqual(['repeated', 'repeated', 'stored']);
    expect(await resultsOf(handle, [first, second])).toEqual([ANALYSED_ONCE, ANALYSED_ONCE]);
  });

  it('fails an image that cannot be read at once and says why', async () => {
    const imageId = await submit(Buffer.from('a letter, not a photograph'));
    expect(await run(job(imageId))).toBe('refused');
    expect(await resultsOf(handle, [imageId])).toEqual([
      { status: 'failed', failureCode: 'NOT_AN_IMAGE', analyses: 0, decisions: 0 },
    ]);
  });

  it.each([
    [false, 'queued', null],
    [true, 'failed', 'INTERNAL'],
  ])('throws what another try may heal (last try: %s)', async (lastTry, status, failureCode) => {
    const imageId = await submit(field);
    let warm = false;
    const model = modelDouble({
      before: () => {
        if (warm) throw new Error('device lost');
        warm = true;
      },
    });
    await expect(run(job(imageId, { lastTry }), model)).rejects.toThrow('device lost');
    expect(await resultsOf(handle, [imageId])).toEqual([{ status, failureCode, analyses: 0, decisions: 0 }]);
  });

  it('tries again while the blob is missing', async () => {
    const imageId = await submit(field);
    const elsewhere = openBlobStore(join(blobDir, 'elsewhere'));
    const predictions = await testPredictions();
    const options = { db: database().db, blobs: elsewhere, predictions, follow: async () => false };
    await expect(analyseImage(job(imageId), options)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await elsewhere.put(field);
    expect(await analyseImage(job(imageId), options)).toBe('stored');
  });

  it('has nothing to do for an image that is not there', async () => {
    expect(await run(job('01890a5d-ac96-774b-bcce-b302099a8057'))).toBe('repeated');
  });

  it('stores nothing when another model went into service meanwhile', async () => {
    const imageId = await submit(field);
    const other = modelDouble({ digest: 'e'.repeat(64) });
    await bringIntoService(database().db, other.identity, true);
    await expect(run(job(imageId, { lastTry: true }))).rejects.toThrow('Another model is in service');
    expect(await resultsOf(handle, [imageId])).toMatchObject([{ status: 'queued', analyses: 0 }]);
    const predictions = await testPredictions();
    const follow = () => predictions.swap(async () => other).then(() => true);
    expect(await analyseImage(job(imageId), { db: database().db, blobs, predictions, follow })).toBe(
      'stored',
    );
    expect(predictions.model()?.digest).toBe(other.identity.digest);
    const { digest } = modelDouble().identity;
    await setModelInService(database().db, {
      actor: SYSTEM,
      digest,
      reason: 'Back for the tests that follow.',
    });
  });
});
