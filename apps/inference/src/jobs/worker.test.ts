import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AnalysisQueue,
  createDatabase,
  type DatabaseHandle,
  openAnalysisQueue,
  registerModel,
  SYSTEM,
  setModelInService,
} from '@blastwise/db';
import { type BlobStore, openBlobStore } from '@blastwise/db/blobs';
import { withTestDatabase } from '@blastwise/db/testing';
import { createImage, encodePng } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { modelDouble } from '../testing/model-double.ts';
import { ANALYSED_ONCE, resultsOf } from '../testing/results.ts';
import { submitCase } from '../testing/submitted-case.ts';
import { startTestWorker } from '../testing/test-worker.ts';

const database = withTestDatabase();
const SOON = { timeout: 20_000, interval: 50 };

describe('startWorker', () => {
  let blobs: BlobStore;
  let blobDir: string;
  let queue: AnalysisQueue;
  let handle: DatabaseHandle;
  let fields: Uint8Array[];

  beforeAll(async () => {
    blobDir = await mkdtemp(join(tmpdir(), 'blobs-'));
    blobs = openBlobStore(blobDir);
    handle = createDatabase(database().appUrl);
    queue = await openAnalysisQueue(database().appUrl, { work: false });
    fields = await Promise.all(
      [10, 80, 150, 220].map((red) => encodePng(createImage(40, 30, [red, 90, 200]))),
    );
  });
  afterAll(async () => {
    await queue.stop();
    await handle.close();
    await rm(blobDir, { recursive: true, force: true });
  });

  const submit = (bytes: Uint8Array[]) => submitCase({ db: database().db, queue, blobs, fields: bytes });
  const results = (ids: string[]) => resultsOf(handle, ids);

  it('analyses what was accepted before and after it started', async () => {
    const before = await submit(fields);
    const worker = await startTestWorker(database().appUrl, blobs);
    const after = await submit(fields);
    const ids = [...before, ...after];
    await vi.waitFor(async () => expect(await results(ids)).toEqual(ids.map(() => ANALYSED_ONCE)), SOON);
    await worker.stop();
  });

  it('lets a poison image fail alone', async () => {
    const worker = await startTestWorker(database().appUrl, blobs);
    const [good, poison] = await submit([fields[0] ?? new Uint8Array(), Buffer.from('not an image')]);
    await vi.waitFor(
      async () =>
        expect(await results([good ?? '', poison ?? ''])).toMatchObject([
          ANALYSED_ONCE,
          { status: 'failed', failureCode: 'NOT_AN_IMAGE' },
        ]),
      SOON,
    );
    await worker.stop();
  });

  it('finishes what it has when it is stopped', async () => {
    const calls = vi.fn();
    const model = modelDouble({
      before: async () => {
        calls();
        await new Promise((resolve) => setTimeout(resolve, 400));
      },
    });
    const worker = await startTestWorker(database().appUrl, blobs, model);
    const ids = await submit(fields.slice(0, 1));
    await vi.waitFor(() => expect(calls).toHaveBeenCalledTimes(2), SOON);
    await worker.stop();
    expect(await results(ids)).toEqual([ANALYSED_ONCE]);
  });

  it('stands by while another model is in service, and leaves the work to it', async () => {
    const other = modelDouble({ digest: 'e'.repeat(64) });
    const old = await startTestWorker(database().appUrl, blobs);
    const next = await startTestWorker(database().appUrl, blobs, other, true);
    const ids = await submit([...fields, ...fields]);
    await vi.waitFor(async () => expect(await results(ids)).toEqual(ids.map(() => ANALYSED_ONCE)), SOON);
    const { rows } = await handle.pool.query(
      'select distinct model_digest from analyses where image_id = any($1::uuid[])',
      [ids],
    );
    expect(rows).toEqual([{ model_digest: other.identity.digest }]);
    await Promise.all([old.stop(), next.stop()]);
  });

  it('follows the model in service under load: every field has one result, and later ones are of the new model', async () => {
    const { db } = database();
    const next = modelDouble({ digest: 'f'.repeat(64) });
    await registerModel(db, { reason: 'For tests.', actor: SYSTEM, ...next.identity });
    const slow = modelDouble({ before: () => new Promise((resolve) => setTimeout(resolve, 60)) });
    const opened: string[] = [];
    const worker = await startTestWorker(database().appUrl, blobs, slow, true, async (digest) => {
      opened.push(digest);
      return next;
    });
    const ids = await submit(Array.from({ length: 24 }, (_, i) => fields[i % 4] ?? new Uint8Array()));
    const isStored = async () => (await results(ids)).some(({ status }) => status === 'analysed');
    await vi.waitFor(async () => expect(await isStored()).toBe(true), { ...SOON, interval: 10 });
    await setModelInService(db, { actor: SYSTEM, digest: next.identity.digest, reason: 'Better.' });
    await vi.waitFor(async () => expect(await results(ids)).toEqual(ids.map(() => ANALYSED_ONCE)), SOON);
    const { rows } = await handle.pool.query(
      `select a.model_digest as digest, max(a.created_at) <= min(d.started_at) as before
       from analyses a, model_deployments d
       where a.image_id = any($1::uuid[]) and d.ended_at is null group by 1`,
      [ids],
    );
    expect(rows).toContainEqual({ digest: next.identity.digest, before: false });
    expect(rows.filter(({ digest }) => digest !== next.identity.digest)).toEqual([
      { digest: slow.identity.digest, before: true },
    ]);
    expect(opened).toEqual([next.identity.digest]);
    expect(slow.closed).toBe(true);
    // None of them had to be tried again.
    const { rows: jobs } = await handle.pool.query(
      "select max(retry_count)::int as retries from pgboss.job where name = 'analyse-image' and data ->> 'imageId' = any($1)",
      [ids],
    );
    expect(jobs).toEqual([{ retries: 0 }]);
    await worker.stop();
  });

  it('counts no wait as a failed try: a job taken too early goes back as if nobody had taken it', async () => {
    const { db } = database();
    const serve = (digest: string) => setModelInService(db, { actor: SYSTEM, digest, reason: 'For a test.' });
    const other = modelDouble({ digest: 'a'.repeat(64) });
    await registerModel(db, { actor: SYSTEM, reason: 'For a test.', ...other.identity });
    let changes = 0;
    const model = modelDouble({
      // The first call is the warm-up; then the model in service is another before the answer can be stored.
      before: async () => {
        if (changes++ === 1) await serve(other.identity.digest);
      },
    });
    await serve(model.identity.digest);
    const worker = await startTestWorker(database().appUrl, blobs, model);
    const ids = await submit(fields.slice(0, 1));
    const jobs = async () =>
      (
        await handle.pool.query(
          "select state, retry_count from pgboss.job where name = 'analyse-image' and data ->> 'imageId' = $1 order by created_on",
          [ids[0]],
        )
      ).rows;
    await vi.waitFor(
      async () =>
        expect(await jobs()).toEqual([
          { state: 'completed', retry_count: 0 },
          { state: 'created', retry_count: 0 },
        ]),
      SOON,
    );
    expect(await results(ids)).toMatchObject([{ status: 'queued' }]);
    await serve(model.identity.digest);
    await vi.waitFor(async () => expect(await results(ids)).toEqual([ANALYSED_ONCE]), SOON);
    await worker.stop();
  });

  it('waits with the jobs while the AI is switched off', async () => {
    const switchAi = (on: boolean) => handle.pool.query('update service_settings set ai_enabled = $1', [on]);
    await switchAi(false);
    const worker = await startTestWorker(database().appUrl, blobs, modelDouble(), true);
    const ids = await submit(fields.slice(0, 2));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await results(ids)).toMatchObject([{ status: 'queued' }, { status: 'queued' }]);
    await switchAi(true);
    await vi.waitFor(async () => expect(await results(ids)).toEqual(ids.map(() => ANALYSED_ONCE)), SOON);
    await worker.stop();
  });
});
