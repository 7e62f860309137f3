import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobStore } from '@blastwise/db/blobs';
import { withTestDatabase } from '@blastwise/db/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DOUBLE_DIGEST } from '../testing/model-double.ts';
import { startTestWorker } from '../testing/test-worker.ts';

const watched = vi.hoisted(() => vi.fn(async (_: { digest: string }) => 0));
vi.mock('./watch-drift.ts', () => ({ watchDrift: watched }));

const database = withTestDatabase();
let blobDir: string;
beforeAll(async () => {
  blobDir = await mkdtemp(join(tmpdir(), 'blobs-'));
});
afterAll(() => rm(blobDir, { recursive: true, force: true }));

it('watches the model in service for drift as soon as it works, and again every 15 s', async () => {
  const every = vi.spyOn(globalThis, 'setInterval');
  const worker = await startTestWorker(database().appUrl, openBlobStore(blobDir));
  await vi.waitFor(() => expect(watched).toHaveBeenCalledTimes(1), { timeout: 20_000 });
  expect(watched.mock.calls[0]?.[0]).toMatchObject({ digest: DOUBLE_DIGEST });
  for (const [run, ms] of every.mock.calls) if (ms === 15_000) run();
  await vi.waitFor(() => expect(watched).toHaveBeenCalledTimes(2), { timeout: 20_000 });
  await worker.stop();
});
