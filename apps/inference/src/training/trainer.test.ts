import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createDatabase,
  type DatabaseHandle,
  findTraining,
  listAudit,
  listModels,
  modelInService,
  settledFields,
} from '@blastwise/db';
import { holdBlob, SOUND, standingOf, withTestDatabase } from '@blastwise/db/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../log.ts';
import { makeTrainingGround, type TrainingGround } from '../testing/training-ground.ts';
import { startTrainer } from './trainer.ts';

const database = withTestDatabase();
/** Processes that train give way to all others: on a busy machine they take their time. */
const SOON = { timeout: 600_000, interval: 50 };

/** A service in a process of its own, as far as it trains. */
const SERVICE = `
import { startTrainer } from ${JSON.stringify(new URL('./trainer.ts', import.meta.url).href)};
import { createLogger } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)};
startTrainer({ ...JSON.parse(process.argv[1]), log: createLogger('silent') });
`;

/** A line of the log: of a training process that has done an epoch, or any other. */
const lineSchema = z.object({ pid: z.number(), epoch: z.number().optional() });

describe('startTrainer', { timeout: 1_800_000 }, () => {
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
  /** What it logs is on its stderr. */
  const serve = (logLevel: string) => {
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', SERVICE];
    const service = spawn(process.execPath, [...args, JSON.stringify({ ...order(), logLevel })], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => {
      service.kill('SIGKILL');
    });
    return service;
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

  it('killed while it reads fields, before any epoch, reads them again', async () => {
    const id = await ground.request(14);
    const [field] = await settledFields(database().db);
    const held = await holdBlob(ground.blobDir, field?.sha256 ?? '');
    const trainer = start();
    await held.wanted;
    process.kill(trainer.pid() ?? 0, 'SIGKILL');
    await expect(stat(join(ground.runDir, id, '1', 'head'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await training(id)).toMatchObject({ state: 'running', attempt: 1 });
    await expectSound();
    await held.letGo();
    await finished(id);
    expect((await training(id))?.attempt).toBe(2);
    await expectSound();
    await trainer.stop();
  });

  it('killed after its first epoch does no epoch twice', async () => {
    const id = await ground.request(15);
    const service = serve('info');
    const epochs: number[] = [];
    const killed = new Promise<void>((resolve) => {
      createInterface({ input: service.stderr }).on('line', (line) => {
        // Native parts warn beside the log.
        if (!line.startsWith('{')) return;
        const { pid, epoch } = lineSchema.parse(JSON.parse(line));
        if (epoch === undefined) return;
        epochs.push(epoch);
        if (epochs.length > 1) return;
        process.kill(pid, 'SIGKILL');
        resolve();
      });
    });
    // Nothing ends before it is killed.
    await holding('lock table model_versions in share mode', () => killed);
    await finished(id);
    expect((await training(id))?.attempt).toBe(2);
    expect(epochs[0]).toBe(1);
    expect(epochs).toEqual([...new Set(epochs)].toSorted((a, b) => a - b));
    expect(epochs.length).toBeGreaterThan(1);
    await expectSound();
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
    const service = serve('silent');
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
