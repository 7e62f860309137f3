import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import { listAudit } from '../audit/index.ts';
import {
  DEARER_MISSES,
  decideForTests as decide,
  digestOf,
  MODEL,
  someJudgement,
  someModel,
  someone,
  someSet,
  someVerdict,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import {
  activateCosts,
  createUser,
  draftCosts,
  judgeNext,
  listLockedTestUses,
  listModels,
  modelInService,
  openLockedTestSet,
  promoteModel,
  promotionHindrances,
  proposeCosts,
  registerModel,
  requestJudgement,
  rollBackModel,
  setGateMargin,
} from './index.ts';

describe('promotion and rollback', () => {
  const test = withTestDatabase();
  const reason = 'As agreed.';
  let trainer: UserActor;
  let registrar: UserActor;
  let approver: UserActor;
  let setId: string;

  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    trainer = await someone(db, 'admin');
    registrar = await someone(db, 'admin');
    approver = await someone(db, 'admin');
    setId = (await openLockedTestSet(db, { ...someSet, actor: SYSTEM })).id;
  });

  const challenger = async (name: string): Promise<string> => {
    const digest = digestOf(name);
    const model = { digest, name, card: '', manifest: {}, trainedBy: trainer.id };
    await registerModel(test().db, { reason: 'For tests.', ...model, actor: registrar });
    return digest;
  };
  const judge = (digest: string, verdict: 'promote' | 'refuse' | 'insufficient-evidence' = 'promote') =>
    someVerdict(test().db, { actor: trainer, setId, digest, verdict });
  const promote = (digest: string, actor = approver) => promoteModel(test().db, { actor, digest, reason });
  const rollBack = (digest: string, actor = trainer) => rollBackModel(test().db, { actor, digest, reason });
  const stateOf = async (digest: string) =>
    (await listModels(test().db)).find((model) => model.digest === digest)?.state;

  it('wants a verdict that lets the model pass', async () => {
    const digest = await challenger('first');
    await expect(promote(digest)).rejects.toThrow('not been judged yet');
    for (const verdict of ['refuse', 'insufficient-evidence'] as const) {
      await judge(digest, 'promote');
      await judge(digest, verdict);
      await expect(promote(digest)).rejects.toThrow('did not let this model pass');
      expect(await stateOf(digest)).toBe(verdict === 'refuse' ? 'refused' : 'challenger');
    }
    expect((await modelInService(test().db))?.digest).toBe(MODEL);
  });

  it('wants a second person (R11)', async () => {
    const digest = await challenger('second');
    await judge(digest);
    for (const actor of [trainer, registrar])
      await expect(promote(digest, actor)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('does not promote it'),
      });
    const account = { email: 'puppet@example.org', name: 'P', role: 'admin', passwordHash: 'x' } as const;
    const { id } = await createUser(test().db, { actor: trainer, ...account });
    await expect(promote(digest, { id, role: 'admin' })).rejects.toThrow('have shared a password');
    const promoted = await promote(digest);
    expect(promoted).toMatchObject({ state: 'champion', inServiceBy: { id: approver.id } });
    expect(await stateOf(MODEL)).toBe('retired');
    const [event] = await listAudit(test().db, { limit: 1 });
    expect(event).toMatchObject({ action: 'model.promote', subjectId: digest, reason, actorId: approver.id });
  });

  it('rolls back to an earlier champion by one person, who may have trained the model (R9)', async () => {
    expect(await rollBack(MODEL)).toMatchObject({ digest: MODEL, state: 'champion' });
    expect((await listAudit(test().db, { limit: 1 }))[0]).toMatchObject({
      action: 'model.roll-back',
      reason,
    });
    await expect(rollBack(MODEL)).rejects.toThrow('the champion already');
    await expect(rollBack(await challenger('never'))).rejects.toThrow('has never served');
    expect(await rollBack(digestOf('second'))).toMatchObject({ state: 'champion' });
    await rollBack(MODEL);
  });

  it('wants a verdict against the champion and the costs of now', async () => {
    const [one, two] = [await challenger('one'), await challenger('two')];
    await judge(one);
    await judge(two);
    await promote(one);
    await expect(promote(two)).rejects.toThrow('Another model has become champion');
    await judge(two);
    const { id } = await draftCosts(test().db, { actor: trainer, name: 'V', costs: DEARER_MISSES });
    await proposeCosts(test().db, { actor: trainer, id, reason });
    await activateCosts(test().db, { actor: approver, id, reason, decide });
    await expect(promote(two)).rejects.toThrow('Another cost matrix is in force');
  });

  it('leaves one champion when several are promoted at once', async () => {
    const digests = await Promise.all(['a', 'b', 'c'].map(challenger));
    for (const digest of digests) await judge(digest);
    const results = await Promise.allSettled(digests.map((digest) => promote(digest)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await listModels(test().db)).filter(({ state }) => state === 'champion')).toHaveLength(1);
  });

  it('wants somebody who neither started nor resumed any training that gave this model', async () => {
    const { db, owner } = test();
    const [starter, resumer] = [await someone(db, 'admin'), await someone(db, 'admin')];
    const digest = digestOf('from the command line');
    await registerModel(db, {
      reason: 'For tests.',
      actor: SYSTEM,
      digest,
      name: 'again',
      card: '',
      manifest: {},
    });
    await judge(digest);
    const { rows } = await owner.execute<{ id: string }>(sql`
      insert into trainings (id, requested_by, reason, seed, base_digest, cost_matrix_id, manifest, manifest_sha256, state,
        ended_at, result_digest, outcome)
      select gen_random_uuid(), ${starter.id}, 'The same again.', 1, ${MODEL}, id, '[]', ${digestOf('[]')}, 'finished', now(), ${digest}, '{}'
      from cost_matrices limit 1 returning id`);
    await appendAudit(db, {
      ...{ actor: resumer, action: 'training.resume', subjectKind: 'training', fields: ['state'] },
      subjectId: rows[0]?.id ?? '',
    });
    for (const actor of [starter, resumer])
      await expect(promote(digest, actor)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('started or resumed a training of it'),
      });
    expect(await promote(digest)).toMatchObject({ state: 'champion' });
  });

  it('wants another person than the judge of a model that was made at the server', async () => {
    const digest = digestOf('made at the server');
    const model = { digest, name: 'unknown maker', card: '', manifest: {}, reason: 'For tests.' };
    await registerModel(test().db, { ...model, actor: SYSTEM });
    await judge(digest);
    await expect(promote(digest, trainer)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('so another admin promotes it'),
    });
    expect(await promote(digest)).toMatchObject({ state: 'champion' });
  });

  it('wants a verdict that says how the model does on the first set', async () => {
    const { db } = test();
    const digest = await challenger('good in one look');
    const other = await openLockedTestSet(db, {
      ...{ ...someSet, actor: SYSTEM, name: 'One look', contentSha256: digestOf('one look') },
    });
    const { guard: _, ...unguarded } = someJudgement('promote');
    await requestJudgement(db, { actor: trainer, setId: other.id, digest });
    await judgeNext(db, async () => ({ judgement: unguarded, fields: [] }));
    await expect(promote(digest)).rejects.toThrow(
      'does not say how this model does on the first locked test set, Test side; judge it again.',
    );
    await someVerdict(db, { actor: trainer, setId: other.id, digest });
    expect(await promote(digest)).toMatchObject({ state: 'champion' });
  });

  it('rests on the last verdict, whatever waits or failed since', async () => {
    const { db } = test();
    const digest = await challenger('judged again');
    const hindrance = async () => (await promotionHindrances(db))(digest);
    expect(await hindrance()).toContain('not been judged yet');
    await judge(digest);
    await requestJudgement(db, { actor: trainer, setId, digest });
    expect(await hindrance()).toBeNull();
    await judgeNext(db, async () => ({ failure: 'The set is not here.' }));
    expect(await hindrance()).toBeNull();
  });

  describe('by a margin that an admin set', () => {
    const widest = (actor: UserActor, margin = 0.05) => setGateMargin(test().db, { actor, margin, reason });
    const latestUse = async () => (await listLockedTestUses(test().db))[0];

    it('is refused out of range', async () => {
      for (const margin of [-0.01, 0.2, Number.NaN])
        await expect(widest(trainer, margin)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });

    it('leaves a judgement that was asked for before as it was', async () => {
      const digest = await challenger('asked for before');
      await requestJudgement(test().db, { actor: trainer, setId, digest });
      await widest(trainer);
      expect(await latestUse()).toMatchObject({ margin: 0.01, marginSetBy: null });
      await judgeNext(test().db, async () => ({ judgement: someJudgement('promote'), fields: [] }));
      expect(await promote(digest)).toMatchObject({ state: 'champion' });
    });

    it('promotes no model of who widened it, nor by them, nor by their circle', async () => {
      const own = await challenger('own');
      await widest(trainer);
      await judge(own);
      expect(await latestUse()).toMatchObject({ margin: 0.05, marginSetBy: { id: trainer.id } });
      await expect(promote(own)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('have another admin set the margin'),
      });
      await widest(approver);
      await expect(promote(own)).rejects.toThrow('have another admin set the margin');
      await judge(own);
      await expect(promote(own)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('who widens it does not promote by it'),
      });
      expect(await promote(own, await someone(test().db, 'admin'))).toMatchObject({ state: 'champion' });
    });

    it('is judged by again once it is narrower; a narrower one ties nobody', async () => {
      const digest = await challenger('narrower');
      await judge(digest);
      await widest(trainer, 0.005);
      await expect(promote(digest, await someone(test().db, 'admin'))).rejects.toThrow('was narrowed since');
      await judge(digest);
      await widest(trainer, 0.01);
      expect(await promote(digest)).toMatchObject({ state: 'champion' });
    });
  });
});
