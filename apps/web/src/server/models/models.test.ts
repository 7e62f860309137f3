import { judgeNext, openLockedTestSet, registerModel, SYSTEM } from '@blastwise/db';
import { someJudgement, someSet } from '@blastwise/db/testing';
import { beforeAll, expect, it } from 'vitest';
import { MODEL, putModelIntoService } from '../testing/fields.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const admin = () => portal().as(portal().sessions.admin);
const second = () => portal().as(portal().sessions.secondAdmin);

const digest = 'e'.repeat(64);
const signed = { digest, reason: 'proven better', password: PASSWORD };
const lineage = {
  base: MODEL.digest,
  corrections: [
    { id: 'i1', group: 'c1' },
    { id: 'i2', group: 'c1' },
  ],
  reserved: ['c2'],
  quarantined: [],
};
let setId = '';

beforeAll(async () => {
  const { db } = portal().services;
  await putModelIntoService(portal());
  const model = { digest, name: 'retrained', card: '', manifest: { lineage } };
  await registerModel(db, { ...model, actor: SYSTEM, trainedBy: portal().users.admin.id });
  setId = (await openLockedTestSet(db, { ...someSet, actor: SYSTEM, budget: 1 })).id;
});

const stateOf = async (wanted: string) =>
  (await admin().models.list()).find((model) => model.digest === wanted)?.state;

it('shows where a challenger comes from', async () => {
  const model = (await admin().models.list()).find((m) => m.digest === digest);
  expect(model).toMatchObject({
    state: 'challenger',
    trainedBy: { name: 'Ada' },
    lineage: { base: MODEL.digest, corrections: 2, cases: ['c1'], reserved: 1, quarantined: 0 },
  });
});

it('is promoted after its verdict, by a second admin with the password, and rolled back by one', async () => {
  await expect(second().models.promote(signed)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await admin().models.judge({ digest, setId })).toMatchObject({ verdict: null, failure: null });
  expect(await admin().models.lockedTests()).toMatchObject([{ budget: 1, used: 1 }]);
  await judgeNext(portal().services.db, async () => ({ judgement: someJudgement('promote') }));
  const [line] = await admin().models.ledger();
  expect(line).toMatchObject({ challengerDigest: digest, verdict: 'promote', requestedBy: { name: 'Ada' } });

  await expect(admin().models.promote(signed)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(second().models.promote({ ...signed, password: 'wrong' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'The password is not right.',
  });
  expect(await second().models.promote(signed)).toMatchObject({
    state: 'champion',
    inServiceBy: { name: 'Alan' },
  });
  expect(await stateOf(MODEL.digest)).toBe('retired');

  const back = { digest: MODEL.digest, reason: 'misses more in practice' };
  expect(await admin().models.rollBack(back)).toMatchObject({ state: 'champion' });
  await expect(admin().models.judge({ digest, setId })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('the gate is closed'),
  });
});
