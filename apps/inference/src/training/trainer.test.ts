import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createDatabase,
  type DatabaseHandle,
  findTraining,
  listAudit,
  listModels,
  modelInService,
} from '@blastwise/db';
import { SOUND, standingOf, withTestDatabase } from '@blastwise/db/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { makeTrainingGround, type TrainingGround } from '../testing/training-ground.ts';
import { startTrainer } from './trainer.ts';

const database = withTestDatabase();
const SOON = { timeout: 60_000, interval: 5 };

/** A service in a process of its own, as far as it trains. */
const SERVICE = `
import { startTrainer } from ${JSON.stringify(new URL('./trainer.ts', import.meta.url).href)};
import { createLogger } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)};
startTrainer({ ...JSON.parse(process.argv[1]), log: createLogger('silent') });
`;

describe('startTrainer', { timeout: 240_000 }, () => {
  let ground: TrainingGround;
  let owner: DatabaseHandle;
  let standing: ReturnType<typeof standingOf>;
  beforeAll(async () => {
    ground = await makeTrainingGround(database());
    owner = createDatabase(database().ownerUrl, { max: 2 });
    standing = standingOf(database().db);
  }, 120_000);
  afterAll(async () => {
    await owner.close();
    await ground.remove();
  });

  const order = () => {
    const { blobDir, modelStoreDir, runDir, modelDir } = ground;
    return {
      blobDir,
      modelStoreDir,
      runDir,
      modelDir,
      dataFolder: null,
      databaseUrl: database().appUrl,
      logLevel: 'silent',
    };
  };
  const start = () => startTrainer({ ...order(), log: createLogger('silent') });
  const training = (id: string) => findTraining(database().db, id);
  const finished = (id: string) =>
    vi.waitFor(async () => expect((await training(id))?.state).toBe('finished'), SOON);
  /** One champion, which no training changes, and a whole trail. */
  const expectSound = async () => {
    expect(await standing()).toEqual(SOUND);
    expect((await modelInService(database().db))?.digest).toBe(ground.baseDigest);
  };
  /** Keeps others from changing something until it is let go. */
  const holding = async <T>(statement: string, work: () => Promise<T>): Promise<T> => {
    const client = await owner.pool.connect();
    try {
      await client.query('begin');
      await client.query(statement);
      return await work();
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const waiting = (what: RegExp) =>
    vi.waitFor(async () => {
      const { rows } = await owner.pool.query<{ query: string }>(
        "select query from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      expect(rows.some(({ query }) => what.test(query))).toBe(true);
    }, SOON);

  it('ends with one result though its process is killed before, in and after the training', async () => {
    const id = await ground.request(11);
    const trainer = start();
    const kill = async (before: number | null) => {
      const pid = await vi.waitFor(() => {
        const now = trainer.pid();
        if (now === null || now === before) throw new Error('There is no new process yet.');
        return now;
      }, SOON);
      return { pid, now: () => process.kill(pid, 'SIGKILL') };
    };
    const row = `select 1 from trainings where id = '${id}' for update`;

    const first = await holding(row, async () => {
      const child = await kill(null);
      await waiting(/update "trainings"/);
      child.now();
      return child.pid;
    });
    expect(await training(id)).toMatchObject({ state: 'queued', attempt: 0 });
    await expectSound();

    const second = await kill(first);
    await vi.waitFor(async () => expect((await training(id))?.attempt).toBe(1), SOON);
    await holding(row, async () => {
      await vi.waitFor(() => stat(join(ground.runDir, id, '1', 'head', 'head.safetensors')), SOON);
      second.now();
    });
    expect(await training(id)).toMatchObject({ state: 'running', attempt: 1 });
    await expectSound();

    await holding('lock table model_versions in share mode', async () => {
      const third = await kill(second.pid);
      await waiting(/insert into "model_versions"/);
      third.now();
    });
    expect(await training(id)).toMatchObject({ state: 'running', attempt: 2 });
    await expectSound();

    await finished(id);
    const { resultDigest = '', attempt } = (await training(id)) ?? {};
    expect(attempt).toBe(3);
    expect(await ground.models.has(resultDigest ?? '')).toBe(true);
    expect(
      (await listModels(database().db)).filter(({ digest }) => digest !== ground.baseDigest),
    ).toHaveLength(1);
    const trail = await listAudit(database().db, { limit: 100 });
    expect(trail.filter(({ action }) => action === 'training.finish')).toHaveLength(1);
    await expectSound();
    await trainer.stop();
  });

  it('lets a training go when it is stopped, and another trainer goes on with it', async () => {
    const id = await ground.request(12);
    const trainer = start();
    await vi.waitFor(() => stat(join(ground.runDir, id, '1', 'head')), SOON);
    await trainer.stop();
    expect(trainer.pid()).toBeNull();
    expect((await training(id))?.state).toBe('running');
    const next = start();
    await finished(id);
    await next.stop();
  });

  it('of a service that is killed outright ends its process, and another service goes on', async () => {
    const id = await ground.request(13);
    const service = spawn(process.execPath, ['--input-type=module', '-e', SERVICE, JSON.stringify(order())], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const processes = async () =>
      (await owner.pool.query("select 1 from pg_stat_activity where application_name = 'blastwise-training'"))
        .rows.length;
    await holding(`select 1 from trainings where id = '${id}' for update`, async () => {
      await waiting(/update "trainings"/);
      service.kill('SIGKILL');
    });
    await vi.waitFor(async () => expect(await processes()).toBe(0), SOON);
    expect((await training(id))?.state).not.toBe('finished');
    await expectSound();
    const next = start();
    await finished(id);
    await next.stop();
  });
});
