import type { JudgedAnswer, MaturityStage } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import {
  digestOf,
  MODEL,
  someCase,
  someJudgement,
  someModel,
  someone,
  someSet,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import {
  comparedFields,
  type JudgedField,
  judgeNext,
  openLockedTestSet,
  registerModel,
  requestJudgement,
  reservedUses,
} from './index.ts';

const sure = (stage: MaturityStage): JudgedAnswer => ({
  probabilities: { Benign: 0, Early: 0, Pre: 0, Pro: 0, [stage]: 1 },
  assessable: true,
});

describe('what judged models said', () => {
  const test = withTestDatabase();
  const [one, other] = [digestOf('one'), digestOf('other')];
  let actor: UserActor;
  let setId: string;
  let imageId = '';
  let caseId: string;

  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    actor = await someone(db, 'admin');
    for (const digest of [one, other])
      await registerModel(db, {
        reason: 'For tests.',
        actor: SYSTEM,
        digest,
        name: 'challenger',
        card: '',
        manifest: {},
      });
    setId = (await openLockedTestSet(db, { ...someSet, actor })).id;
    const made = await someCase(db, { actor: await someone(db, 'clinician') });
    [imageId = ''] = made.imageIds;
    caseId = made.caseId;
  });

  const field = (place: number, champion: MaturityStage, challenger: MaturityStage): JudgedField => ({
    ...{ side: 'locked', place, imageId: null, group: 'g1', actual: 'Pre' },
    ...{ champion: sure(champion), challenger: sure(challenger) },
  });
  const reserved = (champion: MaturityStage, challenger: MaturityStage): JudgedField => ({
    ...field(0, champion, challenger),
    ...{ side: 'reserved', imageId, group: caseId, actual: 'Early' },
  });
  async function judge(digest: string, fields: readonly JudgedField[]): Promise<void> {
    await requestJudgement(test().db, { actor, setId, digest });
    await judgeNext(test().db, async () => ({ judgement: someJudgement('refuse'), fields }));
  }

  it('are compared field by field, also where each was judged by itself', async () => {
    await judge(one, [field(0, 'Benign', 'Pre'), field(1, 'Pre', 'Pre'), reserved('Benign', 'Early')]);
    await judge(other, [field(0, 'Benign', 'Pro'), field(1, 'Pre', 'Pre'), reserved('Benign', 'Pro')]);
    const set = { setId, setName: 'Test side', setHasImages: false };
    const locked = {
      ...set,
      side: 'locked',
      imageId: null,
      caseId: null,
      blind: false,
      group: 'g1',
      actual: 'Pre',
    };
    const ofCase = {
      ...set,
      side: 'reserved',
      place: 0,
      imageId,
      caseId,
      blind: false,
      group: caseId,
      actual: 'Early',
    };
    expect(await comparedFields(test().db, { first: one, second: other })).toEqual([
      { ...locked, place: 0, first: sure('Pre'), second: sure('Pro') },
      { ...locked, place: 1, first: sure('Pre'), second: sure('Pre') },
      { ...ofCase, first: sure('Early'), second: sure('Pro') },
    ]);
    const withChampion = await comparedFields(test().db, { first: other, second: MODEL });
    expect(withChampion.map(({ first, second }) => [first, second])).toEqual([
      [sure('Pro'), sure('Benign')],
      [sure('Pre'), sure('Pre')],
      [sure('Pro'), sure('Benign')],
    ]);
  });

  it('count as they were said last', async () => {
    await judge(one, [field(0, 'Benign', 'Early')]);
    const [first] = await comparedFields(test().db, { first: one, second: other });
    expect(first).toMatchObject({ side: 'locked', place: 0, first: sure('Early'), second: sure('Pro') });
  });

  it('say in which judgements a patient took part as a reserved one', async () => {
    const before = (await reservedUses(test().db)).get(caseId) ?? [];
    await judge(one, [reserved('Benign', 'Early')]);
    await judge(one, [field(0, 'Benign', 'Early')]);
    const after = (await reservedUses(test().db)).get(caseId) ?? [];
    expect(after).toHaveLength(before.length + 1);
    expect(after).toEqual(expect.arrayContaining([...before]));
  });

  it('count for the patient, by whom two models are compared too, whatever group was noted', async () => {
    const { db } = test();
    const clinician = await someone(db, 'clinician');
    const own: Awaited<ReturnType<typeof someCase>>[] = [];
    for (let i = 0; i < 2; i++) own.push(await someCase(db, { actor: clinician, pseudonym: 'twice' }));
    const [patient, second] = own.map((made) => made.caseId);
    const ofPatient = own.map(
      ({ imageIds: [id = ''], caseId: group }, place): JudgedField => ({
        ...reserved('Benign', 'Early'),
        ...{ place, imageId: id, group },
      }),
    );
    await judge(one, ofPatient.slice(1));
    await judge(other, ofPatient);
    const uses = await reservedUses(db);
    expect(uses.get(patient ?? '')).toHaveLength(2);
    expect(uses.has(second ?? '')).toBe(false);
    const [compared] = (await comparedFields(db, { first: one, second: other })).filter(
      (field) => field.caseId === second,
    );
    expect(compared?.group).toBe(patient);
  });

  it('only grow', async () => {
    for (const text of [
      'delete from judged_fields',
      'update judged_fields set place = 9',
      'truncate judged_fields',
    ])
      await expect(test().owner.execute(sql.raw(text))).rejects.toMatchObject({ code: '23001' });
  });

  it('are none for models that met no field in common', async () => {
    const unknown = digestOf('never judged');
    expect(await comparedFields(test().db, { first: one, second: unknown })).toEqual([]);
  });
});
