import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  findTraining,
  listAudit,
  listModels,
  noteTrainingProgress,
  openLockedTestSet,
  registeredFolder,
  SYSTEM,
  settledFieldsWithMasks,
} from '@blastwise/db';
import { holdBlob, SOUND, standingOf, withTestDatabase } from '@blastwise/db/testing';
import { decodeImage, encodeJpeg, loadArtifact, networkDigest, reservedForTest } from '@blastwise/model';
import { TINY_NETWORK_RECIPE } from '@blastwise/model/retraining/network-testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../log.ts';
import { makeTrainingGround, type TrainingGround } from '../testing/training-ground.ts';
import { announceDataFolder } from './data-folder.ts';
import { type RunOptions, runTraining } from './run-training.ts';

const database = withTestDatabase();
/** On a busy machine processes that train take their time. */
const SOON = { timeout: 600_000, interval: 20 };

const here = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
/** One training in a process of its own, by a recipe that a test can afford. */
const PROCESS = `
import { createDatabase } from '@blastwise/db';
import { openBlobStore } from '@blastwise/db/blobs';
import { openModelStore } from '@blastwise/db/model-store';
import { createLogger } from ${here('../log.ts')};
import { runTraining } from ${here('./run-training.ts')};
const { id, databaseUrl, blobDir, modelStoreDir, ...options } = JSON.parse(process.argv[1]);
await runTraining(id, {
  ...options,
  db: createDatabase(databaseUrl, { max: 2 }).db,
  blobs: openBlobStore(blobDir),
  models: openModelStore(modelStoreDir),
  signal: new AbortController().signal,
  log: createLogger('info'),
});
`;
const lineSchema = z.object({ epoch: z.number().optional() });

describe('a training of blocks and U-Net', { timeout: 1_800_000 }, () => {
  let ground: TrainingGround;
  beforeAll(async () => {
    ground = await makeTrainingGround(database());
  }, 120_000);
  afterAll(() => ground.remove());

  const run = (id: string, change: Partial<RunOptions> = {}) =>
    runTraining(id, {
      db: database().db,
      blobs: ground.blobs,
      models: ground.models,
      modelDir: ground.modelDir,
      runDir: ground.runDir,
      dataFolder: ground.dataFolder,
      networkRecipe: TINY_NETWORK_RECIPE,
      signal: new AbortController().signal,
      log: createLogger('silent'),
      ...change,
    });
  const training = async (id: string) => {
    const row = await findTraining(database().db, id);
    if (!row) throw new Error('There is no such training.');
    return row;
  };

  /** What a network was trained from and into, once: equal seeds give equal models. */
  let trained: ReturnType<typeof trainOnce> | undefined;
  async function trainOnce() {
    const { db } = database();
    const settled = await settledFieldsWithMasks(db);
    const free = settled.filter(({ group }) => !reservedForTest(group));
    const shown = free.find(({ masks }) => !masks);
    if (!shown) throw new Error('Every case is reserved or edited.');
    const again = await encodeJpeg(await decodeImage(await ground.blobs.get(shown.sha256)), 90);
    const blobSha256 = await ground.blobs.put(again);
    await openLockedTestSet(db, {
      ...{ actor: SYSTEM, name: 'Held back', origin: 'For the tests.', networkSha256: null },
      images: [{ blobSha256, stage: shown.stage, group: '0' }],
      contentSha256: blobSha256,
      fields: 1,
      groups: 1,
    });
    const id = await ground.request(1, 'network');
    expect(await run(id)).toBe('finished');
    const row = await training(id);
    const artifact = await loadArtifact(ground.models.folderOf(row.resultDigest ?? ''));
    const learned = free.filter((field) => field.id !== shown.id);
    return { row, artifact, settled, free, learned, shown, blobSha256 };
  }
  const whole = () => {
    trained ??= trainOnce();
    return trained;
  };

  it('makes a model of another network, from the folder and the settled fields, edited masks among them', async () => {
    const { row, artifact, settled, free, learned } = await whole();
    const { id, outcome, folderFields, progress } = row;
    expect(folderFields).toBe(16);
    expect(artifact.manifest.run).toMatchObject({ kind: 'network-retraining', folder: { fields: 16 } });
    expect(networkDigest(artifact)).not.toBe(networkDigest(await loadArtifact(ground.modelDir)));
    expect(outcome).toMatchObject({
      learned: learned.length,
      reserved: settled.length - free.length,
      masks: { edited: learned.filter(({ masks }) => masks).length },
    });
    expect(outcome?.masks?.edited).toBeGreaterThan(0);
    const { corrections } = artifact.manifest.lineage ?? { corrections: [] };
    expect(corrections.flatMap(({ id, masks }) => (masks ? [{ id, masks }] : []))).toEqual(
      learned.flatMap(({ id, masks }) => (masks ? [{ id, masks }] : [])),
    );
    expect(progress).toMatchObject({ phase: 'saving', history: [{ epoch: 1 }, { epoch: 2 }] });
    expect(await run(id)).toBe('over');
  });

  it('leaves out and names a field that shows, encoded again, what a locked test set’s image shows', async () => {
    const { row, artifact, shown, blobSha256 } = await whole();
    const against = `Held back, image ${blobSha256.slice(0, 12)}`;
    expect(row.outcome?.quarantined).toEqual([{ id: shown.id, group: shown.group, against, kind: 'near' }]);
    expect(artifact.manifest.lineage?.corrections.map((field) => field.id)).not.toContain(shown.id);
    expect(artifact.card).toContain(`${shown.id}: near-duplicate of ${against}`);
  });

  /** A process that trains, and the epochs that it has done. */
  function trainApart(id: string) {
    const { blobDir, modelStoreDir, modelDir, runDir, dataFolder } = ground;
    const places = { blobDir, modelStoreDir, modelDir, runDir, dataFolder };
    const order = { id, databaseUrl: database().appUrl, ...places, networkRecipe: TINY_NETWORK_RECIPE };
    const args = ['--input-type=module', '-e', PROCESS, JSON.stringify(order)];
    const child = spawn(process.execPath, args, {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const gone = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    const epochs: number[] = [];
    const read = createInterface({ input: child.stderr });
    read.on('line', (line) => {
      // Native parts warn beside the log.
      const { epoch } = line.startsWith('{') ? lineSchema.parse(JSON.parse(line)) : {};
      if (epoch !== undefined) epochs.push(epoch);
    });
    return {
      epochs,
      kill: async () => {
        child.kill('SIGKILL');
        await once(read, 'close');
        return gone;
      },
    };
  }

  /** Keeps every training from its end until it is let go. */
  async function withoutEnd<T>(work: () => Promise<T>): Promise<T> {
    return database().owner.transaction(async (tx) => {
      await tx.execute('lock table model_versions in share mode');
      return work();
    });
  }

  it('killed outright at every stage, goes on there and ends with the same model, once', async () => {
    const { db } = database();
    const { row, free } = await whole();
    const digest = row.resultDigest ?? '';
    const stored = ground.models.folderOf(digest);
    // Else the model of the training before would be found instead of written again.
    await rename(stored, join(ground.root, 'aside'));
    const id = await ground.request(1, 'network');
    const of = (attempt: number, name: string) => join(ground.runDir, id, String(attempt), name);
    const held = await holdBlob(ground.blobDir, free.at(-1)?.sha256 ?? '');
    const hasKept = (stage: string) => (attempt: number) =>
      vi.waitFor(() => stat(of(attempt, `network/${stage}.safetensors`)), SOON);
    const isSaving = (attempt: number) =>
      vi.waitFor(
        async () => {
          const written = (await readdir(of(attempt, ''))).some((name) => name.startsWith('model'));
          expect(written || (await ground.models.has(digest))).toBe(true);
        },
        { ...SOON, interval: 1 },
      );
    const stages: [string, (attempt: number) => Promise<unknown>][] = [
      ['corrected fields', () => held.wanted],
      ...['weak-masks', 'masks', 'judge-plain', 'stages'].map((stage): (typeof stages)[number] => [
        stage,
        hasKept(stage),
      ]),
      ['saving', isSaving],
    ];
    const standing = standingOf(db);
    const epochs: number[][] = [];
    await withoutEnd(async () => {
      for (const [i, [stage, reached]] of stages.entries()) {
        const attempt = i + 1;
        const process = trainApart(id);
        await reached(attempt);
        expect(await process.kill(), stage).toBe('SIGKILL');
        epochs.push(process.epochs);
        expect(await training(id), stage).toMatchObject({ state: 'running', attempt, resultDigest: null });
        expect(await standing(), stage).toEqual(SOUND);
        if (i === 0) {
          await expect(stat(of(attempt, 'network'))).rejects.toMatchObject({ code: 'ENOENT' });
          await held.letGo();
        }
      }
    });
    expect(await run(id)).toBe('finished');
    // Each epoch of the blocks was done once.
    expect(epochs.flat().length).toBeGreaterThan(0);
    expect(epochs.flat()).toEqual([...new Set(epochs.flat())]);
    const finished = await training(id);
    expect(finished.resultDigest).toBe(digest);
    expect(finished.progress).toMatchObject({ history: [{ epoch: 1 }, { epoch: 2 }] });
    expect((await loadArtifact(stored)).digest).toBe(digest);
    expect(
      await noteTrainingProgress(db, { id, attempt: stages.length }, { phase: 'folder', done: 1, of: 2 }),
    ).toBe(false);
    expect((await listModels(db)).filter((model) => model.digest === digest)).toHaveLength(1);
    const trail = await listAudit(db, { limit: 100, action: 'training.finish' });
    expect(trail.filter(({ subjectId }) => subjectId === id)).toHaveLength(1);
    expect(await standing()).toEqual(SOUND);
  });

  it.each<[string, () => Promise<Partial<RunOptions>>, RegExp]>([
    [
      'a service without a data folder',
      async () => ({ dataFolder: null }),
      /has no data folder: .*BLASTWISE_DATA_FOLDER/,
    ],
    [
      'a folder that lacks a field',
      async () => ({ dataFolder: await lacking() }),
      /^The registered folder is not the data of the base: of 20 fields, 1 missing \(Pro field [0-9a-f]{12}\)\. /,
    ],
  ])('fails at %s in one sentence', async (_, change, sentence) => {
    const id = await ground.request(3, 'network');
    expect(await run(id, await change())).toBe('failed');
    expect(await training(id)).toMatchObject({ state: 'failed', failure: expect.stringMatching(sentence) });
  });

  async function lacking(): Promise<string> {
    const folder = join(ground.root, 'lacking');
    await cp(ground.dataFolder, folder, { recursive: true });
    await rm(join(folder, 'Pro/0.png'));
    return folder;
  }

  it('is offered for as long as a service says that it has the folder of the model in service', async () => {
    const { db } = database();
    const said = async (dataFolder: string) => {
      const stop = new AbortController();
      const { modelStoreDir, modelDir } = ground;
      const log = createLogger('silent');
      const announced = announceDataFolder({
        db,
        dataFolder,
        modelStoreDir,
        modelDir,
        signal: stop.signal,
        log,
      });
      return {
        end: async () => {
          stop.abort();
          await announced;
        },
      };
    };
    await database().owner.execute('delete from registered_folders');
    const good = await said(ground.dataFolder);
    await vi.waitFor(
      async () =>
        expect(await registeredFolder(db, ground.baseDigest)).toEqual({ fields: 16, problem: null }),
      SOON,
    );
    await good.end();
    const bad = await said(await lacking());
    await vi.waitFor(
      async () =>
        expect(await registeredFolder(db, ground.baseDigest)).toMatchObject({
          problem: expect.stringMatching(/1 missing/),
        }),
      SOON,
    );
    await bad.end();
  });
});
