import type { CorrectionInput, Severity } from '@blastwise/contracts';
import { createSession, createUser, type Session, SYSTEM } from '@blastwise/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const as = (session: Session) => portal().as(session);
const clinician = () => portal().sessions.clinician;
const senior = () => portal().sessions.senior;
const admin = () => portal().sessions.admin;
let second: Session;

beforeAll(async () => {
  await putModelIntoService(portal());
  const { db } = portal().services;
  const email = 'cyrus@portal.test';
  const user = await createUser(db, {
    actor: SYSTEM,
    email,
    name: 'Cyrus',
    role: 'clinician',
    passwordHash: 'none',
  });
  second = await createSession(db, user.id);
});

const EARLY = { Benign: 0.05, Early: 0.85, Pre: 0.05, Pro: 0.05 };
const SURE = { certainty: 'sure', confirmedBy: 'morphology', severity: 'none', comment: '' } as const;

let seeds = 700;
async function field(pseudonym: string): Promise<{ caseId: string; imageId: string }> {
  seeds += 1;
  const { caseId, imageIds } = await submit(portal(), clinician(), { pseudonym, seeds: [seeds] });
  return { caseId, imageId: imageIds[0] ?? '' };
}

type Analysed = Awaited<ReturnType<typeof analysed>>;
type Seen = Analysed['seen'];
/** Called Early, which it is all but surely. */
async function analysed(pseudonym: string) {
  const one = await field(pseudonym);
  const seen = await analyse(portal(), one.imageId, { Benign: 0, Early: 0.95, Pre: 0.05, Pro: 0 });
  return { ...one, seen };
}

async function read(session: Session, imageId: string, stage: CorrectionInput['stage']) {
  const correction = { ...SURE, stage };
  const { fields } = await as(session).reviews.record({ imageId, seen: null, correction });
  return fields[0]?.adjudication;
}

describe('a field that two readers read differently', () => {
  it('is disputed, found by the senior, decided and settled', async () => {
    const { caseId, imageId } = await field('DISPUTE-1');
    expect((await as(clinician()).cases.detail({ caseId })).fields[0]?.adjudication).toBeNull();
    const find = async (adjudication: 'disputed' | 'open') =>
      (await as(senior()).cases.worklist({ search: 'dispute-', adjudication })).rows;

    expect(await read(clinician(), imageId, 'Pre')).toEqual({ status: 'open' });
    expect(await find('open')).toMatchObject([{ caseId, unsettled: ['open'] }]);
    expect(await as(senior()).cases.toDecide()).toEqual({ cases: 0 });

    expect(await read(second, imageId, 'Pro')).toEqual({ status: 'disputed', why: 'disagreement' });
    expect(await find('disputed')).toMatchObject([{ caseId, unsettled: ['disputed'] }]);
    expect(await find('open')).toEqual([]);
    expect(await as(senior()).cases.toDecide()).toEqual({ cases: 1 });

    expect(await read(senior(), imageId, 'Early')).toEqual({
      status: 'adjudicated',
      stage: 'Early',
      by: 'senior',
    });
    expect(await find('disputed')).toEqual([]);
    expect(await as(senior()).cases.toDecide()).toEqual({ cases: 0 });
    expect(await read(clinician(), imageId, 'Pre')).toMatchObject({ stage: 'Early', by: 'senior' });
  });

  it('is counted and walked through under the filter', async () => {
    const disputed = [await field('WALK-1'), await field('WALK-2')];
    await field('WALK-3');
    for (const { imageId } of disputed) {
      await read(clinician(), imageId, 'Pre');
      await read(second, imageId, 'Pro');
    }
    const filter = { search: 'walk-', adjudication: 'disputed' } as const;
    expect(await as(senior()).cases.counts(filter)).toMatchObject({ all: 2, corrected: 2, unread: 0 });
    const [older, newer] = disputed.map(({ caseId }) => caseId);
    expect(await as(senior()).cases.neighbours({ caseId: newer ?? '', filter })).toEqual({
      previous: null,
      next: older,
    });
  });

  it('is found with the AI off too, since it comes from readers only', async () => {
    const { caseId, imageId } = await field('OFF-1');
    await analyse(portal(), imageId, EARLY);
    await read(clinician(), imageId, 'Pre');
    await read(second, imageId, 'Pro');
    await as(admin()).settings.setAi({ enabled: false, reason: 'reading without it' });
    try {
      const filter = { search: 'off-', adjudication: 'disputed' } as const;
      expect((await as(senior()).cases.worklist(filter)).rows).toMatchObject([
        { caseId, unsettled: ['disputed'] },
      ]);
      expect(await as(senior()).cases.counts(filter)).toMatchObject({ all: 1 });
      expect((await as(senior()).cases.detail({ caseId })).fields[0]?.adjudication).toEqual({
        status: 'disputed',
        why: 'disagreement',
      });
    } finally {
      await as(admin()).settings.setAi({ enabled: true, reason: 'back to normal' });
    }
  });
});

it('says how far readers agree, by pair and overall', async () => {
  for (const [n, stage] of (['Pre', 'Pro', 'Early', 'Pre', 'Pro'] as const).entries()) {
    const { imageId } = await field(`AGREE-${n}`);
    await read(clinician(), imageId, stage);
    await read(senior(), imageId, stage);
  }
  const { pairs, overall } = await as(admin()).reviews.agreement();
  const names = pairs.map(({ readers }) => readers.map(({ name }) => name));
  // Everything of the tests above counts as well: Simon also settled a field that Cyrus and Clara had read.
  expect(names).toEqual([
    ['Clara', 'Cyrus'],
    ['Clara', 'Simon'],
    ['Cyrus', 'Simon'],
  ]);
  const [never, often] = pairs;
  expect(never).toMatchObject({ fields: 4, patients: 4, observed: 0, interval: 'too-few' });
  expect(often).toMatchObject({ fields: 6, patients: 6, observed: 5 / 6 });
  expect(often?.kappa).toBeGreaterThan(0);
  const interval = typeof often?.interval === 'string' ? null : often?.interval;
  expect(interval?.lower).toBeLessThan(often?.kappa ?? 0);
  expect(overall).toMatchObject({ fields: 11, patients: 9, observed: 5 / 11 });
  expect(JSON.stringify(pairs)).not.toMatch(/Pre|Pro|Early|stage/);
});

describe('an error so severe that a senior decides', () => {
  const judge = async (
    session: Session,
    field: Analysed,
    severity: Severity,
    seen: Seen | null = field.seen,
  ) => {
    const correction = { ...SURE, stage: 'Pre', severity } as const;
    const { fields } = await as(session).reviews.record({ imageId: field.imageId, seen, correction });
    return fields[0]?.adjudication;
  };
  const forSenior = { status: 'disputed', why: 'severity' };
  const settled = { status: 'adjudicated', stage: 'Pre', by: 'agreement' };
  const decideOn = (severities: ('serious' | 'critical')[]) =>
    as(admin()).settings.setSeniorDecides({ severities, reason: 'as the board agreed' });

  it('is a critical one, also where its reader repeats the stage with the AI off', async () => {
    const one = await analysed('GRAVE-1');
    await judge(clinician(), one, 'critical');
    expect(await judge(second, one, 'minor')).toEqual(forSenior);
    await as(admin()).settings.setAi({ enabled: false, reason: 'reading without it' });
    try {
      expect(await judge(clinician(), one, 'none', null)).toEqual(forSenior);
    } finally {
      await as(admin()).settings.setAi({ enabled: true, reason: 'back to normal' });
    }
    expect(await judge(senior(), one, 'serious')).toMatchObject({ by: 'senior' });
  });

  it('is a serious one where an admin says so, for readings from then on', async () => {
    const before = await analysed('GRAVE-2');
    await judge(clinician(), before, 'serious');
    expect(await judge(second, before, 'serious')).toEqual(settled);
    expect(await decideOn(['serious', 'critical'])).toMatchObject({ seniorDecides: ['serious', 'critical'] });
    try {
      const [old] = (await as(senior()).cases.detail({ caseId: before.caseId })).fields;
      expect(old?.adjudication).toEqual(settled);
      const after = await analysed('GRAVE-3');
      await judge(clinician(), after, 'moderate');
      expect(await judge(second, after, 'serious')).toEqual(forSenior);
    } finally {
      await decideOn(['critical']);
    }
  });

  it('is named with a reason, each severity once, and never "none"', async () => {
    const refused = { code: 'BAD_REQUEST' };
    const { setSeniorDecides } = as(admin()).settings;
    // @ts-expect-error "none" is no error.
    await expect(setSeniorDecides({ severities: ['none'], reason: 'a reason' })).rejects.toMatchObject(
      refused,
    );
    await expect(decideOn(['critical', 'critical'])).rejects.toMatchObject(refused);
    await expect(setSeniorDecides({ severities: ['critical'], reason: '' })).rejects.toMatchObject(refused);
  });
});
