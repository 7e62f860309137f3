import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import {
  type AnalysisQueue,
  createDatabase,
  type DatabaseHandle,
  findTraining,
  listModels,
  listTrainings,
  openAnalysisQueue,
  recordCorrection,
  settledFields,
} from '@blastwise/db';
import { openBlobStore } from '@blastwise/db/blobs';
import { type EmbeddedServer, startEmbedded } from '@blastwise/db/embedded';
import { holdBlob } from '@blastwise/db/testing';
import { adjudicate } from '@blastwise/model/adjudication';
import { writeBase } from '@blastwise/model/retraining/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  allResults,
  auditKey,
  generatedFields,
  makeClinician,
  submitCase,
} from '../support/accepted-cases.ts';
import { blastwise, startBlastwise } from '../support/blastwise.ts';
import { type InferenceProcess, startInference } from '../support/inference-process.ts';

const SOON = { timeout: 240_000, interval: 100 };
const CASES = 5;
const PASSWORD = 'correct horse battery staple';

describe('blastwise retrain, in an installation with an inference service', { timeout: 600_000 }, () => {
  let dataDir = '';
  let server: EmbeddedServer;
  let handle: DatabaseHandle;
  let queue: AnalysisQueue;
  let service: InferenceProcess;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'blastwise-retrain-'));
    server = await startEmbedded({ dataDir: join(dataDir, 'postgres'), durable: false });
    const account = ['--email', 'ada@hospital.example', '--name', 'Ada'];
    await blastwise({ dataDir }, ['admin', 'create', ...account], `${PASSWORD}\n`);
    await writeBase(join(dataDir, 'base'));
    handle = createDatabase(server.appUrl);
    queue = await openAnalysisQueue(server.appUrl, { work: false });
    const blobs = openBlobStore(join(dataDir, 'blobs'));
    const actor = await makeClinician(handle);
    for (const [i, field] of (await generatedFields(CASES)).entries()) {
      await submitCase({ handle, queue, blobs, actor, fields: [field] });
      const { rows } = await handle.pool.query<{ id: string }>(
        'select id from images order by id desc limit 1',
      );
      const stage = MATURITY_STAGES[i % MATURITY_STAGES.length] ?? 'Benign';
      const how = { certainty: 'sure', confirmedBy: 'genetics', severity: 'none', comment: '' } as const;
      await recordCorrection(handle.db, {
        ...{ actor, auditKey, adjudicate, seen: null },
        imageId: rows[0]?.id ?? '',
        correction: { stage, ...how },
      });
    }
    service = startInference({
      DATABASE_URL: server.appUrl,
      BLASTWISE_BLOB_DIR: join(dataDir, 'blobs'),
      BLASTWISE_MODEL_DIR: join(dataDir, 'base'),
    });
    await vi.waitFor(
      async () =>
        expect((await allResults(handle)).map(({ status }) => status)).toEqual(Array(CASES).fill('analysed')),
      SOON,
    );
  }, 300_000);
  afterAll(async () => {
    await service?.end('SIGTERM');
    await queue?.stop();
    await handle?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const at = () => ({ dataDir });
  const asked = (...options: string[]) => ['retrain', '--reason', 'Corrections of November.', ...options];
  const ended = async (...args: Parameters<typeof startBlastwise>) => {
    const command = startBlastwise(...args);
    return { status: await command.ended, stdout: command.stdout, stderr: command.stderr };
  };
  const newest = async () => (await listTrainings(handle.db, 1))[0];
  const stateOf = async (id: string) => (await findTraining(handle.db, id))?.state;
  /** Whichever field is read next by a training is held. */
  const holdFields = async () => {
    const [field] = await settledFields(handle.db);
    return holdBlob(join(dataDir, 'blobs'), field?.sha256 ?? '');
  };
  /** What a training that nothing disturbed came to; equal fields and seeds give equal models. */
  let whole: string | null = null;

  it('follows a training epoch by epoch and ends with the model and what to do with it', async () => {
    const byAda = asked('--by', 'ada@hospital.example');
    const { status, stdout, stderr } = await ended(at(), byAda, `${PASSWORD}\n`);
    const { id, state, requestedBy, resultDigest, outcome } = (await newest()) ?? {};
    whole = resultDigest ?? null;
    expect({ status, state }).toEqual({ status: 0, state: 'finished' });
    expect(requestedBy?.name).toBe('Ada');
    expect(stderr).toContain(`Training ${id}. Trains the head, from cached features.\n`);
    expect(stderr).toMatch(
      /^Training the head, epoch \d+ of 12: loss \d+\.\d{3}, accuracy \d+\.\d %, cost per field \d+\.\d{3}, about \d+ s left$/m,
    );
    expect(stdout).toContain(`Trained the model ${resultDigest} from ${outcome?.learned} corrected fields`);
    expect(stdout).toMatch(/^It is known and not in service .*\nNext: have it judged/m);
    const model = (await listModels(handle.db)).find(({ digest }) => digest === resultDigest);
    expect(model?.trainers).toEqual([requestedBy]);
    // Nobody else seals here.
    expect(JSON.parse(await blastwise(at(), ['audit', 'verify', '--json']))).toMatchObject({
      ok: true,
      unsealed: 0,
    });
  });

  it('refuses another one meanwhile, is cancelled by one command and says so in the other', async () => {
    const held = await holdFields();
    const following = startBlastwise(at(), asked());
    await held.wanted;
    const { id = '', state } = (await newest()) ?? {};
    expect(state).toBe('running');
    expect(await ended(at(), asked('--seed', '2'))).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining(
        'A training is under way already: wait until it has ended, or cancel it.\n',
      ),
    });
    const cancelled = `The training was cancelled; \`blastwise retrain --resume ${id}\` goes on with it.\n`;
    expect(await ended(at(), ['retrain', '--cancel', id])).toMatchObject({ status: 0, stdout: cancelled });
    expect(await following.ended).toBe(1);
    expect(following.stdout).toBe('');
    expect(following.stderr).toContain(cancelled);
    await held.letGo();
    expect(await stateOf(id)).toBe('cancelled');
  });

  it('resumes it, leaves it to go on at Ctrl-C, and it ends with the same model', async () => {
    const { id = '' } = (await newest()) ?? {};
    const held = await holdFields();
    const following = startBlastwise(at(), ['retrain', '--resume', id, '--json']);
    await held.wanted;
    await vi.waitFor(() => expect(following.stderr).toContain('Reading fields…'), SOON);
    following.process.kill('SIGINT');
    expect(await following.ended).toBe(0);
    expect(JSON.parse(following.stdout)).toMatchObject({
      trainingId: id,
      state: 'running',
      modelDigest: null,
    });
    expect(following.stderr).toContain(
      `The training goes on without this command: see Training in the portal.\n\`blastwise retrain --cancel ${id}\` ends it.\n`,
    );
    await held.letGo();
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('finished'), SOON);
    expect((await newest())?.resultDigest).toBe(whole);
  });
});
