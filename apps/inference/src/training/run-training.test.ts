import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockedTestImage, TrainingProgress } from '@blastwise/contracts';
import {
  cancelTraining,
  failTraining,
  findTraining,
  listAudit,
  listModels,
  modelInService,
  openLockedTestSet,
  resumeTraining,
  SYSTEM,
  settledFields,
} from '@blastwise/db';
import { openBlobStore } from '@blastwise/db/blobs';
import { withTestDatabase } from '@blastwise/db/testing';
import {
  attachFiles,
  decodeImage,
  encodeJpeg,
  encodeMarks,
  encodePng,
  fingerprintBytes,
  loadArtifact,
  MARKS_FILE,
  marksOf,
  parseSplit,
  reservedForTest,
  sha256,
} from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger, type Logger } from '../log.ts';
import { makeTrainingGround, type TrainingGround } from '../testing/training-ground.ts';
import { type RunOptions, runTraining } from './run-training.ts';

const database = withTestDatabase();

/** A logger that tells of every epoch as it is done. */
function epochTeller(onEpoch: (epoch: number) => void): Logger {
  const log = createLogger('silent');
  return Object.assign(log, {
    info: (fields: unknown) => {
      const epoch: unknown = Reflect.get(Object(fields), 'epoch');
      if (typeof epoch === 'number') onEpoch(epoch);
    },
  });
}

const epochsIn = (progress: TrainingProgress | null | undefined): number[] =>
  progress && 'history' in progress ? progress.history.map(({ epoch }) => epoch) : [];

describe('runTraining', { timeout: 120_000 }, () => {
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
      dataFolder: null,
      signal: new AbortController().signal,
      log: createLogger('silent'),
      ...change,
    });
  const training = async (id: string) => {
    const row = await findTraining(database().db, id);
    if (!row) throw new Error('There is no such training.');
    return row;
  };

  /** A training that nothing stopped, once: equal seeds give equal models. */
  let trained: ReturnType<typeof trainOnce> | undefined;
  async function trainOnce() {
    const id = await ground.request(1);
    expect(await run(id)).toBe('finished');
    return training(id);
  }
  const whole = () => {
    trained ??= trainOnce();
    return trained;
  };

  it('makes a model of the settled fields that is stored and known, and not in service', async () => {
    const { db } = database();
    const { id, resultDigest, outcome, fields, progress } = await whole();
    const artifact = await loadArtifact(ground.models.folderOf(resultDigest ?? ''));
    expect(artifact.digest).toBe(resultDigest);
    expect(artifact.manifest.lineage?.base).toBe(ground.baseDigest);
    expect((await modelInService(db))?.digest).toBe(ground.baseDigest);
    expect((await listModels(db)).map(({ digest }) => digest)).toContain(resultDigest);

    const settled = await settledFields(db);
    expect(fields).toBe(settled.length);
    const reserved = settled.filter(({ group }) => reservedForTest(group));
    expect(outcome).toMatchObject({
      reserved: reserved.length,
      learned: artifact.manifest.lineage?.corrections.length,
    });
    expect((outcome?.learned ?? 0) + reserved.length + (outcome?.quarantined.length ?? 0)).toBe(
      settled.length,
    );
    expect(progress?.phase).toBe('saving');
    expect(epochsIn(progress)).toEqual(Array.from({ length: outcome?.epochs ?? 0 }, (_, i) => i + 1));
    expect(await readdir(ground.runDir)).toEqual([]);
    expect(await run(id)).toBe('over');
  });

  it.each([1, 3])(
    'stopped after epoch %i and taken up again, goes on at the next and ends with the same model',
    async (last) => {
      const { resultDigest } = await whole();
      const id = await ground.request(1);
      const stop = new AbortController();
      const log = epochTeller((epoch) => epoch === last && stop.abort(new Error('SIGTERM')));
      await expect(run(id, { log, signal: stop.signal })).rejects.toThrow('SIGTERM');
      expect(await training(id)).toMatchObject({ state: 'running', resultDigest: null });
      const seen: number[] = [];
      expect(await run(id, { log: epochTeller((epoch) => seen.push(epoch)) })).toBe('finished');
      const resumed = await training(id);
      expect(seen[0]).toBe(last + 1);
      expect(epochsIn(resumed.progress)).toEqual(Array.from({ length: seen.at(-1) ?? 0 }, (_, i) => i + 1));
      expect(resumed.resultDigest).toBe(resultDigest);
    },
  );

  it('ends without a result when it is cancelled, and goes on when it is resumed', async () => {
    const { db } = database();
    const id = await ground.request(3);
    const { admin, queue } = ground;
    let cancelled: Promise<unknown> | null = null;
    const log = epochTeller(() => {
      cancelled ??= cancelTraining(db, { actor: admin, id });
    });
    expect(await run(id, { log })).toBe('over');
    await cancelled;
    expect(await training(id)).toMatchObject({ state: 'cancelled', resultDigest: null });
    expect(await readdir(ground.runDir)).toEqual([id]);
    await resumeTraining(db, { actor: admin, id, queue });
    const seen: number[] = [];
    expect(await run(id, { log: epochTeller((epoch) => seen.push(epoch)) })).toBe('finished');
    expect(seen).not.toContain(1);
  });

  it('leaves a training to whoever took it up later', async () => {
    const id = await ground.request(4);
    let other: Promise<unknown> | null = null;
    const log = epochTeller(() => {
      other ??= run(id);
    });
    expect(await run(id, { log })).toBe('over');
    expect(await other).toBe('finished');
    const trail = await listAudit(database().db, { limit: 100, action: 'training.finish' });
    expect(trail.filter(({ subjectId }) => subjectId === id)).toHaveLength(1);
  });

  /** The same model, whose data now hold one of our cases out of its training. */
  async function leakingBase(): Promise<string> {
    const settled = await settledFields(database().db);
    const learned = settled.find(({ group }) => !reservedForTest(group));
    const [dir, path] = [join(ground.root, 'leaking'), 'Pre/held-out.png'];
    await cp(ground.modelDir, dir, { recursive: true });
    const field = { path, stage: 'Pre', side: 'test', group: learned?.group, sha256: 'a'.repeat(64) };
    const split = { version: 1, strategy: 'grouped', seed: 1, fields: [field] };
    await attachFiles(dir, { 'split.json': JSON.stringify(split) });
    return dir;
  }

  it.each([
    ['the base', 'validation'],
    ['another model, whose locked test set holds no images,', 'test'],
  ] as const)('quarantines a copy of what %s keeps landmarks of, on its %s side', async (holder, side) => {
    const { db } = database();
    const settled = await settledFields(db);
    const [learned] = settled.filter(({ group }) => !reservedForTest(group));
    if (!learned) throw new Error('Every field is reserved.');
    const jpeg = await encodeJpeg(await decodeImage(await ground.blobs.get(learned.sha256)), 60);
    const { thumbnail, sha256: file } = await fingerprintBytes('', jpeg);
    const held = { sha256: file, stage: learned.stage, side, marks: marksOf(thumbnail) };
    const marked = join(ground.root, `marked-${side}`);
    const { resultDigest } = await whole();
    const from = holder === 'the base' ? ground.modelDir : ground.models.folderOf(resultDigest ?? '');
    await cp(from, marked, { recursive: true });
    await attachFiles(marked, { [MARKS_FILE]: encodeMarks([held]) });
    const models = {
      ...ground.models,
      folderOf: (digest: string) =>
        digest === resultDigest && side === 'test' ? marked : ground.models.folderOf(digest),
    };
    const id = await ground.request(9);
    expect(await run(id, side === 'test' ? { models } : { modelDir: marked })).toBe('finished');
    expect((await training(id)).outcome?.quarantined).toEqual([
      {
        id: learned.id,
        group: learned.group,
        against: `${learned.stage} field ${file.slice(0, 12)}`,
        kind: 'near',
      },
    ]);
  });

  it.each<[string, () => Promise<Partial<RunOptions>>, RegExp]>([
    [
      'a leak that is left',
      async () => ({ modelDir: await leakingBase() }),
      /^The training leaks: .* belong to one group\.$/,
    ],
    [
      'an image that is missing',
      async () => ({ blobs: openBlobStore(join(ground.root, 'elsewhere')) }),
      /^The image of field [0-9a-f-]+ cannot be read: The stored file is missing\.$/,
    ],
    [
      'a base that is nowhere',
      async () => ({ modelDir: ground.models.folderOf((await listModels(database().db))[0]?.digest ?? '') }),
      /^The model [0-9a-f]{12} to retrain is neither/,
    ],
  ])('fails at %s in one sentence', async (_, change, sentence) => {
    const id = await ground.request(5);
    expect(await run(id, await change())).toBe('failed');
    const { state, failure, resultDigest } = await training(id);
    expect({ state, resultDigest }).toEqual({ state: 'failed', resultDigest: null });
    expect(failure).toMatch(sentence);
  });

  it('makes no model known that learned from a test set opened meanwhile, and trains none from such a base', async () => {
    const { db } = database();
    const settled = await settledFields(db);
    const learned = settled.find(({ group }) => !reservedForTest(group));
    const split = (await loadArtifact(ground.modelDir)).file('split.json');
    const { fields } = parseSplit(new TextDecoder().decode(split), 'split.json');
    const open = (name: string, image: Pick<LockedTestImage, 'blobSha256' | 'fileSha256'>) =>
      openLockedTestSet(db, {
        ...{ actor: SYSTEM, name, origin: 'the tests', contentSha256: sha256(name), networkSha256: null },
        images: [{ ...image, stage: 'Pre', group: '0' }],
        ...{ fields: 1, groups: 1 },
      });
    const blobSha256 = await ground.blobs.put(
      await encodePng(generateField({ seed: 900, stage: 'Pre' }).image),
    );

    let opened: Promise<unknown> | null = null;
    const log = epochTeller(() => {
      opened ??= open('Meanwhile', { blobSha256: learned?.sha256 ?? '' });
    });
    const models = (await listModels(db)).length;
    const first = await ground.request(7);
    expect(await run(first, { log })).toBe('failed');
    await opened;
    expect((await training(first)).failure).toMatch(/has learned from correction .* Meanwhile, image /);

    await open('Of the base', {
      blobSha256,
      fileSha256: fields.find(({ side }) => side === 'train')?.sha256,
    });
    const second = await ground.request(8);
    expect(await run(second)).toBe('failed');
    expect((await training(second)).failure).toMatch(
      /has learned from \w+ field [0-9a-f]{12}, which is the same file as Of the base/,
    );
    expect(await listModels(db)).toHaveLength(models);
  });

  it('has nothing to do for a training that ended or never was', async () => {
    const id = await ground.request(6);
    await failTraining(database().db, { id, failure: 'Given up.' });
    expect(await run(id)).toBe('over');
    expect(await run('01890a5d-ac96-774b-bcce-b302099a8057')).toBe('over');
  });
});
