import { type CostMatrix, STUDY_COSTS } from '@blastwise/contracts';
import { createSession, peekSession } from '@blastwise/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, putModelIntoService, submit } from '../testing/fields.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const admin = () => portal().as(portal().sessions.admin);
const second = () => portal().as(portal().sessions.secondAdmin);
const clinician = () => portal().as(portal().sessions.clinician);

/** A missed leukemia costs four times a false alarm. */
const COSTS: CostMatrix = {
  ...STUDY_COSTS,
  referralCost: 100,
  matrix: [
    [0, 10, 20, 30],
    [40, 0, 15, 25],
    [60, 15, 0, 10],
    [90, 25, 10, 0],
  ],
};
const draft = { name: 'Misses cost more', costs: COSTS, reason: 'agreed in the board' };
const decision = { reason: 'agreed', password: PASSWORD };

let caseId = '';
let imageId = '';
beforeAll(async () => {
  await putModelIntoService(portal());
  const submitted = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-1', seeds: [1] });
  caseId = submitted.caseId;
  imageId = submitted.imageIds[0] ?? '';
  // Benign at 0.8 costs 2 under the study's matrix, 8 under ours; Early costs 8 and 8.5 less.
  await analyse(portal(), imageId, { Benign: 0.8, Early: 0.2, Pre: 0, Pro: 0 });
});

it('version 1 is the study’s, unvalidated', async () => {
  expect(await clinician().costs.active()).toMatchObject({
    version: 1,
    validated: false,
    costs: STUDY_COSTS,
  });
});

it('a preview says what would change and stores nothing', async () => {
  const costs: CostMatrix = {
    ...COSTS,
    matrix: [[0, 1, 20, 30], COSTS.matrix[1], COSTS.matrix[2], COSTS.matrix[3]],
  };
  const preview = await admin().costs.preview({ costs });
  expect(preview).toMatchObject({
    ...{ replayed: 1, unsettled: 1, blind: 0, changed: 1 },
    transitions: [{ from: 'Benign', to: 'Early', fields: 1 }],
  });
  const flips = await admin().costs.flips({ costs, of: 'unsettled', offset: 0 });
  expect(flips).toMatchObject({
    total: 1,
    flips: [
      { imageId, caseId, actual: null, before: { outcome: 'Benign', cost: 2 }, after: { outcome: 'Early' } },
    ],
  });
  expect(flips.flips[0]?.after.cost).toBeCloseTo(0.8);
  // Early is wrong at 0.8: that costs 1 by the draft. Benign is wrong at 0.2: 40 by the draft.
  expect(preview.expected).toMatchObject({ fields: 1, patients: 1, difference: { interval: null } });
  expect(preview.expected?.before.mean).toBeCloseTo(8);
  expect(preview.expected?.after.mean).toBeCloseTo(0.8);
  expect(preview.expected?.difference.mean).toBeCloseTo(-7.2);
  expect(preview.realised).toBeNull();
  expect(await admin().costs.list()).toHaveLength(1);
});

it('a preview says what decisions on settled fields cost, by the truth', async () => {
  const { senior } = portal().sessions;
  const { imageIds } = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-2', seeds: [2] });
  const [settled = ''] = imageIds;
  const seen = await analyse(portal(), settled, { Benign: 0.8, Early: 0.2, Pre: 0, Pro: 0 });
  const correction = {
    stage: 'Early',
    certainty: 'sure',
    confirmedBy: 'genetics',
    severity: 'serious',
    comment: '',
  } as const;
  await portal().as(senior).reviews.record({ imageId: settled, seen, correction });
  const [, ...others] = COSTS.matrix;
  const costs: CostMatrix = { ...COSTS, matrix: [[0, 1, 20, 30], ...others] };
  const preview = await admin().costs.preview({ costs });
  // Called Benign as now, a true Early costs 40 by the draft; called Early it costs nothing.
  expect(preview.realised).toMatchObject({
    fields: 1,
    before: { mean: 40 },
    after: { mean: 0 },
    difference: { mean: -40 },
  });
  expect(preview.unsettled).toBe(1);
  expect(await admin().costs.flips({ costs, of: 'settled', offset: 0 })).toMatchObject({
    total: 1,
    flips: [
      {
        imageId: settled,
        actual: 'Early',
        before: { outcome: 'Benign', cost: 40 },
        after: { outcome: 'Early', cost: 0 },
      },
    ],
  });
});

it('is proposed by one admin and activated by another, with the password; decisions follow', async () => {
  const proposed = await admin().costs.propose(draft);
  expect(proposed).toMatchObject({ version: 2, status: 'proposed', proposedBy: { name: 'Ada' } });
  const { id } = proposed;

  await expect(admin().costs.activate({ id, ...decision })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(second().costs.activate({ id, ...decision, password: 'wrong' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'The password is not right.',
  });
  expect((await clinician().costs.active()).version).toBe(1);

  const { version, redecided } = await second().costs.activate({ id, ...decision });
  expect(version).toMatchObject({ status: 'active', decidedBy: { name: 'Alan' }, decisionReason: 'agreed' });
  expect(redecided).toBe(1);
  const { fields } = await clinician().cases.detail({ caseId });
  expect(fields[0]?.result?.decision).toMatchObject({ costMatrixVersion: 2, stage: 'Benign', defer: false });
  expect(fields[0]?.result?.decisions.map(({ costMatrixVersion }) => costMatrixVersion)).toEqual([2, 1]);
  expect(fields[0]?.result?.decision.expectedCost).toBeCloseTo(8);
}, 60_000);

it('is not activated through an account that the proposer made, whatever its password is by then', async () => {
  const { id } = await admin().costs.propose({ ...draft, name: 'Through a puppet' });
  const puppet = await admin().users.create({
    email: 'puppet@portal.test',
    name: 'Puppet',
    role: 'admin',
    firstPassword: 'known to the proposer',
    reason: 'a colleague, as they say',
    password: PASSWORD,
  });
  const { db } = portal().services;
  const session = await createSession(db, puppet.id);
  const next = 'chosen by the proposer too';
  await portal().as(session).me.changePassword({ current: 'known to the proposer', next });
  const asPuppet = portal().as(await peekSession(db, session.id));
  await expect(asPuppet.costs.activate({ id, reason: 'agreed', password: next })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('have shared a password'),
  });
  await second().costs.reject({ id, reason: 'not like this' });
}, 60_000);

it('can be rejected, with a reason', async () => {
  const { id } = await admin().costs.propose({ ...draft, name: 'Withdrawn' });
  const rejected = await second().costs.reject({ id, reason: 'too strict' });
  expect(rejected).toMatchObject({ status: 'rejected', decisionReason: 'too strict' });
  await expect(second().costs.activate({ id, ...decision })).rejects.toMatchObject({ code: 'CONFLICT' });
});

it.each([
  ['missing', ''],
  ['too short', ' x '],
])('asks for a reason, and a %s one changes nothing', async (_, reason) => {
  const { id } = await admin().costs.propose({ ...draft, name: 'To be decided' });
  const own = await admin().costs.draft({ ...draft, name: 'Mine', reason: '' });
  const before = await admin().costs.list();
  const refused = { code: 'BAD_REQUEST' };
  await expect(admin().costs.propose({ ...draft, reason })).rejects.toMatchObject(refused);
  await expect(admin().costs.proposeDraft({ id: own.id, reason })).rejects.toMatchObject(refused);
  await expect(second().costs.activate({ id, reason, password: PASSWORD })).rejects.toMatchObject(refused);
  await expect(second().costs.reject({ id, reason })).rejects.toMatchObject(refused);
  expect(await admin().costs.list()).toEqual(before);
  for (const each of [id, own.id]) await admin().costs.reject({ id: each, reason: 'end of the test' });
});

it('keeps a draft until it is replaced, proposed or discarded', async () => {
  const first = await admin().costs.draft({ ...draft, reason: '' });
  expect(first).toMatchObject({
    status: 'draft',
    reason: null,
    proposedBy: null,
    createdBy: { name: 'Ada' },
  });
  const again = { ...draft, name: 'Better', reason: '' };
  await expect(second().costs.draft({ ...again, replaces: first.id })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const next = await admin().costs.draft({ ...again, replaces: first.id });
  const old = (await admin().costs.list()).find(({ id }) => id === first.id);
  expect(old).toMatchObject({
    status: 'rejected',
    decisionReason: `Replaced by version ${next.version}.`,
  });
  await expect(admin().costs.propose({ ...draft, replaces: first.id })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const proposed = await admin().costs.proposeDraft({ id: next.id, reason: 'agreed by now' });
  expect(proposed).toMatchObject({ status: 'proposed', reason: 'agreed by now' });
  await expect(second().costs.proposeDraft({ id: next.id, reason: 'again' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await admin().costs.reject({ id: next.id, reason: 'end of the test' });
});

it('is one version however often the same is sent, at once or later', async () => {
  const before = (await admin().costs.list()).length;
  const twice = { ...draft, name: 'Sent twice' };
  for (const draw of [admin().costs.draft, admin().costs.propose]) {
    const [first, meanwhile] = await Promise.all([draw(twice), draw(twice)]);
    expect([meanwhile.id, (await draw(twice)).id]).toEqual([first.id, first.id]);
  }
  const other = await second().costs.draft(twice);
  const dearer = await admin().costs.draft({ ...twice, costs: { ...COSTS, referralCost: 90 } });
  expect((await admin().costs.list()).length).toBe(before + 4);
  expect(other.id).not.toBe(dearer.id);
});

it('pages through every decision that would change', async () => {
  const seeds = Array.from({ length: 14 }, (_, i) => 100 + i);
  const { imageIds } = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-3', seeds });
  for (const each of imageIds) await analyse(portal(), each, { Benign: 0.8, Early: 0.2, Pre: 0, Pro: 0 });
  const [, ...others] = COSTS.matrix;
  const costs: CostMatrix = { ...COSTS, matrix: [[0, 1, 20, 30], ...others] };
  const page = (offset: number) => admin().costs.flips({ costs, of: 'unsettled', offset });
  const { changed } = await admin().costs.preview({ costs });
  const [one, two] = [await page(0), await page(12)];
  expect([one.total, two.total]).toEqual([changed, changed]);
  expect(one.flips).toHaveLength(12);
  expect(two.flips).toHaveLength(changed - 12);
  const shown = [...one.flips, ...two.flips].map((flip) => flip.imageId);
  expect(new Set(shown).size).toBe(changed);
  expect(shown).toEqual(expect.arrayContaining(imageIds));
});

describe('what is not a matrix', () => {
  const withCell = (cell: unknown) => ({ ...COSTS, matrix: [[0, cell, 20, 30], ...COSTS.matrix.slice(1)] });
  it.each([
    ['a negative cell', withCell(-1), 'A cost cannot be negative.'],
    ['a missing cell', withCell(undefined), 'Every cost must be a number.'],
    [
      'a missing row',
      { ...COSTS, matrix: COSTS.matrix.slice(1) },
      'Give four rows, one for each true stage.',
    ],
    ['an infinite cell', withCell(Number.POSITIVE_INFINITY), 'Every cost must be a number.'],
    [
      'a diagonal that costs',
      { ...COSTS, matrix: [[1, 10, 20, 30], ...COSTS.matrix.slice(1)] },
      'A right answer costs nothing: the diagonal must be 0.',
    ],
  ])('%s is refused in one sentence and nothing is stored', async (_, costs, sentence) => {
    const before = (await admin().costs.list()).length;
    const propose: (input: unknown) => Promise<unknown> = (input) =>
      Reflect.apply(admin().costs.propose, undefined, [input]);
    await expect(propose({ ...draft, costs })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      cause: { issues: expect.arrayContaining([expect.objectContaining({ message: sentence })]) },
    });
    expect(await admin().costs.list()).toHaveLength(before);
  });
});
