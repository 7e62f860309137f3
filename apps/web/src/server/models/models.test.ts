import type { JudgedAnswer, MaturityStage } from '@blastwise/contracts';
import { type JudgedField, judgeNext, openLockedTestSet, registerModel, SYSTEM } from '@blastwise/db';
import { someJudgement, someSet } from '@blastwise/db/testing';
import { beforeAll, expect, it } from 'vitest';
import { Thumbnails } from '../images/thumbnails.ts';
import { MODEL, picture, putModelIntoService, submit } from '../testing/fields.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';
import { lockedThumbnail } from './locked-thumbnail.ts';

const portal = withTestPortal();
const admin = () => portal().as(portal().sessions.admin);
const second = () => portal().as(portal().sessions.secondAdmin);

const digest = 'e'.repeat(64);
const signed = { digest, reason: 'proven better', password: PASSWORD };
/** Of a field here, and of others elsewhere. */
const lineageOf = (imageId: string) => ({
  base: MODEL.digest,
  corrections: [
    { id: imageId, group: 'p1', stage: 'Pre', side: 'train' },
    { id: 'i2', group: 'p1', stage: 'Pro', side: 'validation' },
  ],
  reserved: ['p2'],
  quarantined: [{ id: 'i3', against: 'Held back, image 0', kind: 'near' }],
  withdrawn: [{ id: 'i4', group: 'p2', stage: 'Early', side: 'train' }],
  passedOver: {
    digest: 'f'.repeat(64),
    fields: [{ id: crypto.randomUUID(), group: crypto.randomUUID() }],
  },
});
let learned = { caseId: '', imageIds: [''] };
let setId = '';

const answer = (stage: MaturityStage, share = 1): JudgedAnswer => ({
  probabilities: {
    Benign: 0,
    Early: 0,
    Pre: 0,
    Pro: 0,
    [stage]: share,
    ...(share < 1 ? { Pre: 1 - share } : {}),
  },
  assessable: true,
});
/** The models agree on the first and part on the others, most dearly on the last, which is a case. */
const judged: JudgedField[] = [
  ['Pre', answer('Pre'), answer('Pre')] as const,
  ['Pre', answer('Pro', 0.75), answer('Pre')] as const,
  ['Pro', answer('Benign'), answer('Pro')] as const,
].map(([actual, champion, challenger], place) => ({
  ...{ side: 'locked', place, imageId: null, group: `g${place}`, actual, champion, challenger },
}));

beforeAll(async () => {
  const { db } = portal().services;
  await putModelIntoService(portal());
  learned = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-learned', seeds: [99] });
  const lineage = lineageOf(learned.imageIds[0] ?? '');
  const model = {
    digest,
    name: 'retrained',
    card: '',
    manifest: { lineage, run: { kind: 'network-retraining' } },
  };
  await registerModel(db, {
    reason: 'For tests.',
    ...model,
    actor: SYSTEM,
    trainedBy: portal().users.admin.id,
  });
  setId = (await openLockedTestSet(db, { ...someSet, actor: SYSTEM, budget: 1 })).id;
});

const stateOf = async (wanted: string) =>
  (await admin().models.list()).find((model) => model.digest === wanted)?.state;

it('shows where a challenger comes from', async () => {
  const model = (await admin().models.list()).find((m) => m.digest === digest);
  expect(model).toMatchObject({
    state: 'challenger',
    trainers: [{ name: 'Ada' }],
    lineage: {
      base: MODEL.digest,
      passedOver: { digest: 'f'.repeat(64), labels: 1 },
      kind: 'network',
      corrections: 2,
      patients: 1,
      reserved: 1,
      quarantined: 1,
    },
  });
  const nothing = { imageId: null, caseId: null, stage: null, against: null };
  expect(await admin().models.lineage({ digest })).toEqual([
    { ...nothing, imageId: learned.imageIds[0], caseId: learned.caseId, stage: 'Pre', use: 'learned' },
    { ...nothing, imageId: 'i2', stage: 'Pro', use: 'chose the epoch' },
    { ...nothing, imageId: 'i3', against: 'Held back, image 0', use: 'quarantined' },
    { ...nothing, imageId: 'i4', stage: 'Early', use: 'withdrawn' },
    { ...nothing, caseId: 'p2', use: 'reserved' },
  ]);
  expect(await admin().models.lineage({ digest: MODEL.digest })).toEqual([]);
});

it('is promoted after its verdict, by a second admin with the password, and rolled back by one', async () => {
  await expect(second().models.promote(signed)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await admin().models.judge({ digest, setId })).toMatchObject({ verdict: null, failure: null });
  expect(await admin().models.lockedTests()).toMatchObject([{ budget: 1, used: 1, hasImages: false }]);
  await judgeNext(portal().services.db, async () => ({
    judgement: someJudgement('promote'),
    fields: judged,
  }));
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

it('compares two models on the fields both were judged on, those that divide them first', async () => {
  const comparison = await admin().models.compare({ first: MODEL.digest, second: digest });
  // Under the study's costs Pro called Benign costs 30, Pre called Pro 10; of 0.25 Pre called Pro 2.5 are expected.
  expect(comparison).toMatchObject({
    costMatrix: { version: 1 },
    ...{ total: 3, differing: 2, blind: 0 },
    cost: {
      first: { mean: 40 / 3 }, // Wilson, 0 of 3 groups: 3.8415 / 6.8415 = .5615, of the worst cost 30.
      ...{ second: { mean: 0, lower: 0, upper: expect.closeTo(30 * 0.5615, 2) } },
      difference: { mean: -40 / 3 },
    },
    fields: [
      { place: 2, first: { stage: 'Benign', expectedCost: 0, cost: 30 }, second: { stage: 'Pro', cost: 0 } },
      {
        place: 1,
        first: { stage: 'Pro', probability: 0.75, expectedCost: 2.5, cost: 10 },
        second: { stage: 'Pre' },
      },
      { place: 0, actual: 'Pre', first: { stage: 'Pre' }, second: { stage: 'Pre' } },
    ],
  });
  const turned = await admin().models.compare({ first: digest, second: MODEL.digest, limit: 1 });
  expect(turned.fields).toMatchObject([{ place: 2, first: { stage: 'Pro' }, second: { stage: 'Benign' } }]);
  const none = await admin().models.compare({ first: digest, second: 'a'.repeat(64) });
  expect(none).toMatchObject({ total: 0, fields: [], cost: { difference: null } });
});

it('counts reserved fields of cases in blind review, and shows none of them alone', async () => {
  const { services, sessions } = portal();
  const cases: { imageIds: string[] }[] = [];
  for (const [share, seed] of [
    [1, 11],
    [0, 12],
  ] as const) {
    await admin().settings.setBlindShare({ share, reason: 'for the test' });
    cases.push(await submit(portal(), sessions.clinician, { pseudonym: `P-${seed}`, seeds: [seed] }));
  }
  const set = await openLockedTestSet(services.db, {
    ...someSet,
    actor: SYSTEM,
    contentSha256: 'c'.repeat(64),
  });
  await admin().models.judge({ digest, setId: set.id });
  const reserved = cases.map(
    ({ imageIds: [imageId = null] }, place): JudgedField => ({
      ...{ side: 'reserved', place, imageId, group: `case ${place}`, actual: 'Pro' },
      ...{ champion: answer('Benign'), challenger: answer('Pro') },
    }),
  );
  await judgeNext(services.db, async () => ({ judgement: someJudgement('promote'), fields: reserved }));

  const comparison = await admin().models.compare({ first: MODEL.digest, second: digest });
  expect(comparison).toMatchObject({ total: 5, differing: 4, blind: 1, cost: { first: { mean: 20 } } });
  const shown = comparison.fields.map(({ imageId }) => imageId);
  expect(shown).toHaveLength(4);
  expect(shown).toContain(cases[1]?.imageIds[0]);
  expect(shown).not.toContain(cases[0]?.imageIds[0]);
});

it('shows pictures of a locked set of images, and says where there are none', async () => {
  const { db, blobs } = portal().services;
  const blobSha256 = await blobs.put(await picture(1));
  const images = [{ blobSha256, stage: 'Pre', group: 'g' } as const];
  const content = { networkSha256: null, images, contentSha256: 'b'.repeat(64), fields: 1, groups: 1 };
  const set = await openLockedTestSet(db, { ...someSet, ...content, actor: SYSTEM });
  const thumbnails = new Thumbnails();
  const shown = await lockedThumbnail(portal().services, { setId: set.id, place: '0' }, thumbnails);
  expect(Buffer.from(shown).subarray(8, 12).toString()).toBe('WEBP');
  for (const address of [
    { setId: set.id, place: '1' },
    { setId, place: '0' },
    { setId: 'x', place: '-1' },
  ])
    await expect(lockedThumbnail(portal().services, address, thumbnails)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
});
