import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { withTestDatabase } from '../testing/index.ts';
import { type AnalysisQueue, openAnalysisQueue } from './index.ts';

/** A worker in a process of its own that takes a job and never ends. */
const STUCK = `
import { openAnalysisQueue } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
const queue = await openAnalysisQueue(process.argv[1], { work: true });
await queue.work({ concurrency: 1 }, async (job) => {
  process.stdout.write(job.imageId + '\\n');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
});
`;

describe('analysis queue', () => {
  const test = withTestDatabase();
  const open: AnalysisQueue[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((queue) => queue.stop({ timeoutMs: 1000 })));
  });
  const queue = async (work: boolean) => {
    const opened = await openAnalysisQueue(test().appUrl, { work });
    open.push(opened);
    return opened;
  };

  it('delivers what was committed, at once, and nothing that was not', async () => {
    const [sender, worker] = [await queue(false), await queue(true)];
    const taken: string[] = [];
    await worker.work({ concurrency: 2 }, async (job) => {
      taken.push(job.imageId);
    });
    const [kept, lost] = [randomUUID(), randomUUID()];
    await test()
      .db.transaction(async (tx) => {
        await sender.enqueueAnalysis(tx, lost);
        throw new Error('undone');
      })
      .catch(() => undefined);
    const began = Date.now();
    await test().db.transaction((tx) => sender.enqueueAnalysis(tx, kept));
    await expect.poll(() => taken, { interval: 10, timeout: 5000 }).toEqual([kept]);
    expect(Date.now() - began).toBeLessThan(1500);
  });

  it('holds one waiting job an image', async () => {
    const sender = await queue(false);
    const imageId = randomUUID();
    for (let i = 0; i < 3; i++) await sender.enqueueAnalysis(test().db, imageId);
    expect(await sender.depth()).toEqual({ waiting: 1, active: 0, dead: 0 });
    const worker = await queue(true);
    const taken: string[] = [];
    await worker.work({ concurrency: 1 }, async (job) => {
      taken.push(job.imageId);
    });
    await expect.poll(() => worker.depth(), { timeout: 5000 }).toEqual({ waiting: 0, active: 0, dead: 0 });
    expect(taken).toEqual([imageId]);
  });

  it('tries again after a failure', async () => {
    const worker = await queue(true);
    const tries: number[] = [];
    await worker.work({ concurrency: 1 }, async (job) => {
      tries.push(job.retryCount);
      if (job.retryCount === 0) throw new Error('once');
    });
    await worker.enqueueAnalysis(test().db, randomUUID());
    await expect.poll(() => tries, { timeout: 10_000 }).toEqual([0, 1]);
  });

  it('leads a job that failed every try to who watches the dead', { timeout: 30_000 }, async () => {
    const worker = await queue(true);
    const [dead, tries]: [string[], boolean[]] = [[], []];
    await worker.watchDead(async (id) => {
      dead.push(id);
    });
    const imageId = randomUUID();
    await worker.enqueueAnalysis(test().db, imageId);
    // The first try and one more, at once, where the policy takes minutes.
    await test().owner.execute(
      sql`update pgboss.job set retry_limit = 1, retry_delay = 0, retry_backoff = false where data ->> 'imageId' = ${imageId}`,
    );
    await worker.work({ concurrency: 1 }, async ({ lastTry }) => {
      tries.push(lastTry);
      throw new Error('The network is ill.');
    });
    await expect.poll(() => dead, { timeout: 20_000 }).toEqual([imageId]);
    expect(tries).toEqual([false, true]);
  });

  it('gives the job of a killed worker to another within 30 seconds (R23)', { timeout: 60_000 }, async () => {
    const stuck = spawn(process.execPath, ['--input-type=module', '-e', STUCK, test().appUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const sender = await queue(false);
    const imageId = randomUUID();
    await sender.enqueueAnalysis(test().db, imageId);
    await once(stuck.stdout, 'data');
    const worker = await queue(true);
    const taken: [string, number][] = [];
    await worker.work({ concurrency: 1 }, async (job) => {
      taken.push([job.imageId, job.retryCount]);
    });
    stuck.kill('SIGKILL');
    await expect.poll(() => taken, { timeout: 30_000, interval: 200 }).toEqual([[imageId, 1]]);
  });
});
