import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AnalysisQueue,
  createDatabase,
  type DatabaseHandle,
  openAnalysisQueue,
  type UserActor,
} from '@blastwise/db';
import { type BlobStore, openBlobStore } from '@blastwise/db/blobs';
import { type EmbeddedServer, startEmbedded } from '@blastwise/db/embedded';
import { migrate } from '@blastwise/db/migrate';
import { SOUND, standingOf } from '@blastwise/db/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allResults, generatedFields, makeClinician, submitCase } from '../support/accepted-cases.ts';
import { type InferenceProcess, startInference } from '../support/inference-process.ts';

const CASES = 20;
const FIELDS_A_CASE = 3;
const IMAGES = CASES * FIELDS_A_CASE;
const SETTLED = { timeout: 120_000, interval: 200 };
const ONCE = { status: 'analysed', analyses: 1, decisions: 1 };

/**
 * R23: no accepted case is lost, and none gets two results, whoever dies meanwhile; one model is in service and the trail
 * is whole after each death.
 */
describe('faults', () => {
  let folder: string;
  let server: EmbeddedServer;
  let handle: DatabaseHandle;
  let queue: AnalysisQueue;
  let blobs: BlobStore;
  let actor: UserActor;
  let fields: Uint8Array[];
  let running: InferenceProcess[];
  let standing: ReturnType<typeof standingOf>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blastwise-faults-'));
    server = await startEmbedded({ dataDir: join(folder, 'postgres') });
    await migrate(server.ownerUrl, { appPassword: server.appPassword });
    handle = createDatabase(server.appUrl);
    standing = standingOf(handle.db);
    queue = await openAnalysisQueue(server.appUrl, { work: false });
    blobs = openBlobStore(join(folder, 'blobs'));
    actor = await makeClinician(handle);
    fields = await generatedFields(8);
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.end('SIGKILL')));
    await queue.stop();
    await handle.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (): InferenceProcess => {
    const one = startInference({
      DATABASE_URL: server.appUrl,
      BLASTWISE_BLOB_DIR: join(folder, 'blobs'),
    });
    running.push(one);
    return one;
  };
  const submit = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const some = Array.from(
        { length: FIELDS_A_CASE },
        (_, k) => fields[(i + k) % fields.length] ?? new Uint8Array(),
      );
      await submitCase({ handle, queue, blobs, actor, fields: some });
    }
  };
  const analysed = async (): Promise<number> =>
    (await allResults(handle)).filter((result) => result.status === 'analysed').length;
  const settle = (): Promise<void> =>
    vi.waitFor(async () => {
      const results = await allResults(handle);
      expect(results).toHaveLength(IMAGES);
      expect(results.filter((result) => result.status === 'queued')).toEqual([]);
    }, SETTLED);

  it('ends every case with exactly one result though workers are killed in the middle of jobs', async () => {
    let victims = [start(), start()];
    let inTheMiddle = 0;
    for (const cases of [CASES / 2, CASES / 4, CASES / 4]) {
      // Before there is new work: what waits for the jobs of the killed to be given back may be all that is left.
      const before = await analysed();
      await submit(cases);
      await vi.waitFor(
        async () => {
          expect((await queue.depth()).active).toBeGreaterThan(0);
          expect(await analysed()).toBeGreaterThan(before);
        },
        { ...SETTLED, interval: 5 },
      );
      const [victim, ...others] = victims;
      await victim?.end('SIGKILL');
      if ((await queue.depth()).active > 0) inTheMiddle += 1;
      expect(await standing()).toEqual(SOUND);
      victims = [...others, start()];
    }
    expect(inTheMiddle).toBeGreaterThan(0);
    await settle();
    expect(await allResults(handle)).toEqual(Array(IMAGES).fill(ONCE));
    await vi.waitFor(
      async () => expect(await queue.depth()).toEqual({ waiting: 0, active: 0, dead: 0 }),
      SETTLED,
    );
  });

  it('gives a waiting field another job when its own has vanished, before a start and under way', async () => {
    const loseJobs = () => handle.pool.query("delete from pgboss.job where state in ('created', 'retry')");
    await submit(CASES / 2);
    await loseJobs();
    start();
    await vi.waitFor(async () => expect(await analysed()).toBeGreaterThan(0), SETTLED);
    await submit(CASES / 2);
    const { rowCount } = await loseJobs();
    expect(rowCount).toBeGreaterThan(0);
    await settle();
    expect(await allResults(handle)).toEqual(Array(IMAGES).fill(ONCE));
  });

  it('goes on by itself when the database is restarted and then killed while cases wait', async () => {
    await submit(CASES);
    const worker = start();
    const { port } = server;
    const faults = [
      () => server.stop(),
      async () => {
        process.kill(server.pid, 'SIGKILL');
        await pause(500);
        await server.stop();
      },
    ];
    for (const fault of faults) {
      const before = await analysed();
      await vi.waitFor(async () => expect(await analysed()).toBeGreaterThan(before), SETTLED);
      await fault();
      await pause(1_000);
      server = await startEmbedded({ dataDir: join(folder, 'postgres'), port });
      expect(await analysed()).toBeLessThan(IMAGES);
      expect(await standing()).toEqual(SOUND);
    }
    await settle();
    expect(await allResults(handle)).toEqual(Array(IMAGES).fill(ONCE));
    expect(await worker.end('SIGTERM')).toBe(0);
  });
});
