import type { CorrectionInput, TrainingProgress } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { listAudit } from '../audit/index.ts';
import { listenLive } from '../live/index.ts';
import {
  digestOf,
  fakeQueue,
  MODEL,
  someCase,
  someModel,
  someone,
  someReading,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { listModels, modelInService, registerModel, setModelInService } from './models.ts';
import { settledFields, trainingManifestDigest } from './training-fields.ts';
import {
  claimTraining,
  enqueueWaitingTraining,
  failTraining,
  finishTraining,
  noteTrainingProgress,
} from './training-run.ts';
import { cancelTraining, findTraining, requestTraining, resumeTraining } from './trainings.ts';

const OPTIONS = { costWeight: null, seed: 1 };
const PROGRESS: TrainingProgress = {
  phase: 'epochs',
  of: 12,
  secondsLeft: 3,
  history: [{ epoch: 1, loss: 0.5, accuracy: 0.9, validationLoss: 0.2, expectedCost: 1.5 }],
};
const OUTCOME = {
  epochs: 2,
  bestEpoch: 1,
  learned: 1,
  reserved: 0,
  quarantined: [],
  validation: { before: { accuracy: 0.9, cost: 1 }, after: { accuracy: 0.95, cost: 0.8 } },
};
const CONFLICT = { code: 'CONFLICT' };

describe('trainings', () => {
  const test = withTestDatabase();
  const queue = fakeQueue();
  let admin: UserActor;
  let senior: UserActor;

  beforeAll(async () => {
    [admin, senior] = [await someone(test().db, 'admin'), await someone(test().db, 'senior')];
  });

  const read = (imageId: string, actor: UserActor, stage: CorrectionInput['stage']) =>
    someReading(test().db, { actor, imageId, stage });
  const request = (reason = 'Ten new corrections.') =>
    requestTraining(test().db, { actor: admin, reason, options: OPTIONS, queue });
  const running = async () => {
    const { id } = await request();
    const claimed = await claimTraining(test().db, id);
    return { id, attempt: claimed?.attempt ?? 0 };
  };
  const end = (id: string) => failTraining(test().db, { id, failure: 'For the next test.' });
  const stateOf = async (id: string) => (await findTraining(test().db, id))?.state;

  it('cannot be asked for without a model in service, nor without a settled field', async () => {
    await expect(request()).rejects.toMatchObject({
      ...CONFLICT,
      message: expect.stringMatching(/No model/),
    });
    await someModel(test().db);
    await expect(request()).rejects.toMatchObject({
      ...CONFLICT,
      message: expect.stringMatching(/No field/),
    });
  });

  it('learn from settled fields with a stage alone, as they stand when it is asked for', async () => {
    const { caseId, imageIds } = await someCase(test().db, { actor: senior, count: 4, text: 'fields' });
    const [settled = '', open = '', unassessable = '', later = ''] = imageIds;
    const reader = await someone(test().db, 'clinician');
    await read(settled, senior, 'Pre');
    await read(open, reader, 'Pro');
    await read(unassessable, senior, null);
    const field = { id: settled, group: caseId, stage: 'Pre', weight: 1, sha256: digestOf('fields 0') };
    expect(await settledFields(test().db)).toEqual([field]);
    const { id, fields, manifestSha256 } = await request();
    expect(fields).toBe(1);
    await read(later, senior, 'Early');
    const claimed = await claimTraining(test().db, id);
    expect(claimed?.manifest).toEqual([field]);
    expect(claimed).toMatchObject({ baseDigest: MODEL, costMatrixVersion: 1, ...OPTIONS });
    expect(manifestSha256).toBe(trainingManifestDigest(claimed?.manifest ?? []));
    expect(manifestSha256).toBe(
      digestOf(JSON.stringify([[settled, caseId, 'Pre', 1, digestOf('fields 0')]])),
    );
    await end(id);
  });

  it('refuse options out of range', async () => {
    const options = { costWeight: -1, seed: 1 };
    const asked = requestTraining(test().db, { actor: admin, reason: 'Why not.', options, queue });
    await expect(asked).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/above 0/),
    });
  });

  it('run one at a time, however many ask at once', async () => {
    const asked = await Promise.allSettled([1, 2, 3, 4].map(() => request()));
    const made = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(made).toHaveLength(1);
    for (const one of asked) if (one.status === 'rejected') expect(one.reason).toMatchObject(CONFLICT);
    expect(queue.sent.at(-1)).toBe(made[0]?.id);
    await end(made[0]?.id ?? '');
  });

  it('belong to the worker that took them up last', async () => {
    const { db } = test();
    const first = await running();
    const second = { ...first, attempt: (await claimTraining(db, first.id))?.attempt ?? 0 };
    expect(second.attempt).toBe(first.attempt + 1);
    expect(await noteTrainingProgress(db, first, PROGRESS)).toBe(false);
    expect(await noteTrainingProgress(db, second, PROGRESS)).toBe(true);
    const model = { digest: digestOf('late'), name: 'late', card: '', manifest: {} };
    expect(await finishTraining(db, first, { model, outcome: OUTCOME })).toBe(false);
    await failTraining(db, { ...first, failure: 'Said by nobody.' });
    expect(await findTraining(db, first.id)).toMatchObject({ state: 'running', progress: PROGRESS });
    expect((await listModels(db)).map(({ digest }) => digest)).not.toContain(model.digest);
    await end(first.id);
  });

  it('finish with a model that is known and not in service, once', async () => {
    const { db, owner } = test();
    const training = await running();
    const model = { digest: digestOf('result'), name: 'result', card: '# Card', manifest: {} };
    expect(await finishTraining(db, training, { model, outcome: OUTCOME })).toBe(true);
    expect(await findTraining(db, training.id)).toMatchObject({
      state: 'finished',
      resultDigest: model.digest,
      outcome: OUTCOME,
      failure: null,
    });
    expect((await modelInService(db))?.digest).toBe(MODEL);
    expect(await finishTraining(db, training, { model, outcome: OUTCOME })).toBe(false);
    expect(await claimTraining(db, training.id)).toBeNull();
    await expect(resumeTraining(db, { actor: admin, id: training.id, queue })).rejects.toMatchObject(
      CONFLICT,
    );
    const undo = sql`update trainings set state = 'queued', result_digest = null, outcome = null, ended_at = null
      where id = ${training.id}`;
    await expect(owner.execute(undo)).rejects.toMatchObject({ code: '23001' });
  });

  it('are cancelled while they wait or run, and told so at the next progress', async () => {
    const { db } = test();
    const waiting = await request();
    expect(await cancelTraining(db, { actor: admin, id: waiting.id })).toMatchObject({ state: 'cancelled' });
    expect(await claimTraining(db, waiting.id)).toBeNull();
    const training = await running();
    await cancelTraining(db, { actor: admin, id: training.id });
    expect(await noteTrainingProgress(db, training, PROGRESS)).toBe(false);
    await expect(cancelTraining(db, { actor: admin, id: training.id })).rejects.toMatchObject(CONFLICT);
    await failTraining(db, { ...training, failure: 'Too late to fail.' });
    expect(await stateOf(training.id)).toBe('cancelled');
  });

  it('go on after a failure or a cancellation, unless another one is under way', async () => {
    const { db } = test();
    const training = await running();
    await failTraining(db, { ...training, failure: 'The training leaks.' });
    const other = await request();
    const resume = () => resumeTraining(db, { actor: admin, id: training.id, queue });
    await expect(resume()).rejects.toMatchObject(CONFLICT);
    await cancelTraining(db, { actor: admin, id: other.id });
    expect(await resume()).toMatchObject({ state: 'queued', failure: null });
    expect(queue.sent.at(-1)).toBe(training.id);
    expect((await claimTraining(db, training.id))?.attempt).toBe(training.attempt + 1);
    await end(training.id);
  });

  it('get another job where theirs has vanished, and only then', async () => {
    const { db } = test();
    const { id } = await request();
    const sent = fakeQueue();
    expect(await enqueueWaitingTraining(db, sent)).toBe(true);
    expect(sent.sent).toEqual([id]);
    await end(id);
    expect(await enqueueWaitingTraining(db, sent)).toBe(false);
  });

  it('tell listeners, and the trail holds reasons and no fields of a patient', async () => {
    const heard: string[] = [];
    const listener = await listenLive(test().appUrl, ({ kind }) => heard.push(kind));
    const training = await running();
    await noteTrainingProgress(test().db, training, PROGRESS);
    await end(training.id);
    await expect.poll(() => heard.filter((kind) => kind === 'trainings')).toHaveLength(4);
    await listener.close();
    const [failed, asked] = (await listAudit(test().db, { limit: 50 })).filter(
      ({ subjectId }) => subjectId === training.id,
    );
    expect(failed).toMatchObject({ action: 'training.fail', actorId: null, reason: 'For the next test.' });
    expect(asked).toMatchObject({
      action: 'training.request',
      actorId: admin.id,
      reason: 'Ten new corrections.',
      fields: ['options', 'base', 'manifest'],
    });
  });

  describe('after a label was withdrawn', () => {
    const lineage = (base: string, learned: Correction[], withdrawn: Correction[] = []) => ({
      lineage: { base, corrections: learned, withdrawn },
    });
    type Correction = { id: string; group: string; stage: string };
    const model = async (name: string, manifest: Record<string, unknown>): Promise<string> => {
      const digest = digestOf(name);
      await registerModel(test().db, {
        reason: 'For tests.',
        actor: SYSTEM,
        digest,
        name,
        card: '',
        manifest,
      });
      await setModelInService(test().db, { actor: SYSTEM, digest, reason: 'For tests.' });
      return digest;
    };
    const based = async (on?: string) => {
      if (on) await setModelInService(test().db, { actor: SYSTEM, digest: on, reason: 'For tests.' });
      const { id, baseDigest, passedOver } = await request();
      await end(id);
      return { baseDigest, passedOver };
    };
    let kept: Correction;
    let gone: Correction;

    beforeAll(async () => {
      const { caseId, imageIds } = await someCase(test().db, { actor: senior, count: 2, text: 'learned' });
      const [one = '', two = ''] = imageIds;
      for (const id of imageIds) await read(id, senior, 'Pro');
      kept = { id: one, group: caseId, stage: 'Pro' };
      gone = { id: two, group: caseId, stage: 'Pro' };
    });

    it('start from the last model that had not learned it', async () => {
      const elsewhere = { id: 'of another installation', group: 'x', stage: 'Pre' };
      const one = await model('learned one', lineage(MODEL, [kept, elsewhere]));
      const two = await model('learned both', lineage(one, [kept, gone]));
      const three = await model('dropped it', lineage(two, [kept], [gone]));
      expect(await based()).toEqual({ baseDigest: three, passedOver: null });
      await read(gone.id, senior, 'Early');
      const fields = [{ id: gone.id, group: gone.group }];
      expect(await based()).toEqual({ baseDigest: one, passedOver: { digest: three, fields } });
      expect(await based(two)).toEqual({ baseDigest: one, passedOver: { digest: two, fields } });
      await read(kept.id, senior, null);
      expect((await based()).baseDigest).toBe(MODEL);
    });

    it('cannot be asked for where that model is not registered', async () => {
      await model('stranger', lineage(digestOf('unknown'), [gone]));
      await expect(request()).rejects.toMatchObject({
        ...CONFLICT,
        message: expect.stringContaining(`the model ${digestOf('unknown').slice(0, 12)} before it`),
      });
    });
  });
});
