import type { CorrectionInput } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { listAudit } from '../audit/index.ts';
import type { Queryable } from '../client.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  decideForTests,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { storeAnalysis } from './analyses.ts';
import { caseDetail } from './case-detail.ts';
import { recordCorrection } from './corrections.ts';
import { type BroughtReading, importReadings } from './import-readings.ts';
import { setAiEnabled, setBlindShare } from './settings.ts';
import { severityJudgements } from './severity-judgements.ts';
import { createUser, disableUser } from './users.ts';

const CORRECTION: CorrectionInput = {
  stage: 'Pre',
  certainty: 'sure',
  confirmedBy: 'morphology',
  severity: 'none',
  comment: 'From the sheet of May.',
};
const REASON = 'Sheets of the second laboratory.';

describe('importReadings', () => {
  const test = withTestDatabase();
  let admin: UserActor;
  let ann: UserActor;

  const account = (email: string, role: 'clinician' | 'senior' | 'admin') =>
    createUser(test().db, { actor: SYSTEM, email, name: email, role, passwordHash: 'none' });

  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    admin = await account('admin@lab.example', 'admin');
    ann = await account('ann@lab.example', 'clinician');
    await account('ben@lab.example', 'clinician');
    await account('sue@lab.example', 'senior');
    const gone = await account('gone@lab.example', 'clinician');
    await disableUser(db, { actor: SYSTEM, userId: gone.id, reason: 'Left.' });
    await createUser(db, {
      ...{ actor: admin, email: 'new@lab.example', name: 'New', role: 'clinician', passwordHash: 'none' },
      reason: 'Joins.',
    });
  });

  const unread = async (text?: string) => {
    const made = await someCase(test().db, { actor: ann, ...(text === undefined ? {} : { text }) });
    return { caseId: made.caseId, id: made.imageIds[0] ?? '' };
  };
  /** The decision is Benign. */
  const analysed = async (change: Parameters<typeof someAnalysis>[0] = {}) => {
    const { caseId, id } = await unread();
    await storeAnalysis(test().db, {
      ...{ imageId: id, analysis: someAnalysis(change), maskSha256: digestOf('m'), durationMs: 1 },
      decide: decideForTests,
    });
    return { caseId, id };
  };
  const row = (id: string, change: Partial<BroughtReading> = {}): BroughtReading => ({
    row: 2,
    field: { id },
    reader: 'ann@lab.example',
    predicted: null,
    correction: CORRECTION,
    ...change,
  });
  const bring = (
    readings: readonly BroughtReading[],
    how: { db?: Queryable; supersede?: boolean; rehearse?: boolean } = {},
  ) =>
    importReadings(how.db ?? test().db, {
      auditKey: AUDIT_KEY,
      reason: REASON,
      adjudicate: adjudicateForTests,
      supersede: how.supersede ?? false,
      rehearse: how.rehearse ?? false,
      readings,
    });
  const readingsIn = async (caseId: string) => (await caseDetail(test().db, caseId))?.images[0]?.corrections;
  const events = () => listAudit(test().db, { limit: 100, action: 'correction.import' });

  it('records each under its reader, says who brought it, and settles what agrees', async () => {
    const [one, two] = [await unread(), await unread('pixels known by digest')];
    const outcome = await bring([
      row(one.id),
      row(one.id, { row: 3, reader: 'ben@lab.example' }),
      row('', { row: 4, field: { sha256: digestOf('pixels known by digest 0') } }),
    ]);
    expect(outcome).toEqual({
      recorded: 3,
      known: 0,
      fields: { open: 1, disputed: 0, adjudicated: 1 },
      problems: [],
    });
    expect(await readingsIn(one.caseId)).toMatchObject([
      { ...CORRECTION, reader: { name: 'ben@lab.example', role: 'clinician' }, decisionId: null },
      { ...CORRECTION, reader: { id: ann.id } },
    ]);
    expect(await readingsIn(two.caseId)).toHaveLength(1);
    const [event] = await events();
    expect(event).toMatchObject({
      actorId: null,
      actorRole: 'system',
      subjectKind: 'image',
      subjectId: two.id,
      reason: REASON,
      fields: ['reader', 'stage', 'certainty', 'confirmedBy', 'severity', 'comment'],
    });
    expect(JSON.stringify(event)).not.toContain(CORRECTION.comment);
  });

  it('changes nothing when brought again, also after its reader said something else', async () => {
    const { caseId, id } = await unread();
    const readings = [row(id)];
    await bring(readings);
    const before = (await events()).length;
    expect(await bring(readings)).toMatchObject({ recorded: 0, known: 1, problems: [] });
    const correction = { ...CORRECTION, stage: 'Pro' } as const;
    await recordCorrection(test().db, {
      ...{ actor: ann, auditKey: AUDIT_KEY, imageId: id, seen: null, adjudicate: adjudicateForTests },
      correction,
    });
    expect(await bring(readings, { supersede: true })).toMatchObject({ recorded: 0, known: 1 });
    expect(await readingsIn(caseId)).toHaveLength(2);
    expect(await events()).toHaveLength(before);
  });

  it('records once what two imports bring at the same time', async () => {
    const { caseId, id } = await unread();
    const both = await Promise.all([bring([row(id)]), bring([row(id)])]);
    expect(both.map(({ recorded }) => recorded).sort()).toEqual([0, 1]);
    expect(await readingsIn(caseId)).toHaveLength(1);
  });

  it('supersedes a different reading only where it shall', async () => {
    const { caseId, id } = await unread();
    await bring([row(id)]);
    const changed = [row(id, { correction: { ...CORRECTION, stage: null } })];
    expect((await bring(changed)).problems).toEqual([
      {
        row: 2,
        sentence:
          'The reader has read this field before, and differently: supersede that, or leave this row out.',
      },
    ]);
    expect(await bring(changed, { supersede: true })).toMatchObject({ recorded: 1 });
    const readings = await readingsIn(caseId);
    expect(readings?.[0]).toMatchObject({ stage: null, supersedesId: readings?.[1]?.id });
  });

  it('rehearses: says what would come of it and leaves nothing', async () => {
    const { caseId, id } = await unread();
    const readings = [row(id, { reader: 'sue@lab.example' })];
    const before = (await events()).length;
    const rehearsed = await bring(readings, { rehearse: true });
    expect(rehearsed).toMatchObject({ recorded: 1, fields: { open: 0, disputed: 0, adjudicated: 1 } });
    expect(await readingsIn(caseId)).toEqual([]);
    expect(await events()).toHaveLength(before);
    expect(await bring(readings)).toEqual(rehearsed);
  });

  it('lets a judged error move costs where the reader was answered', async () => {
    const { caseId, id } = await analysed();
    const correction = { ...CORRECTION, confirmedBy: 'genetics', severity: 'serious' } as const;
    await bring([row(id, { predicted: 'Benign', correction })]);
    expect((await readingsIn(caseId))?.[0]?.decisionId).not.toBeNull();
    const { judgements } = await severityJudgements(test().db);
    expect(judgements).toContainEqual({
      imageId: id,
      ...{ actual: 'Pre', predicted: 'Benign' },
      ...{ severity: 'serious', certainty: 'sure', confirmedBy: 'genetics' },
    });
  });

  it('knows no judgement that is brought later than its reading', async () => {
    const { caseId, id } = await analysed();
    const [bare, judged] = [
      [row(id)],
      [row(id, { predicted: 'Benign', correction: { ...CORRECTION, severity: 'serious' } })],
    ];
    await bring(bare);
    expect((await bring(judged)).problems).toMatchObject([
      { row: 2, sentence: expect.stringContaining('differently') },
    ]);
    const agreeing = { predicted: 'Benign', correction: { ...CORRECTION, severity: 'none' } } as const;
    expect((await bring([row(id, agreeing)])).problems).toHaveLength(1);
    expect(await bring(judged, { supersede: true })).toMatchObject({ recorded: 1, known: 0 });
    const readings = await readingsIn(caseId);
    expect(readings?.[0]).toMatchObject({ severity: 'serious' });
    expect(readings?.[0]?.decisionId).not.toBeNull();
    for (const again of [bare, judged])
      expect(await bring(again, { supersede: true })).toMatchObject({ recorded: 0, known: 1 });
  });

  it('keeps a judgement where the same stage is brought without an answer, once', async () => {
    const { caseId, id } = await analysed();
    await bring([row(id, { predicted: 'Benign', correction: { ...CORRECTION, severity: 'serious' } })]);
    const unsure = [row(id, { correction: { ...CORRECTION, certainty: 'unsure' } })];
    expect(await bring(unsure, { supersede: true })).toMatchObject({ recorded: 1 });
    expect((await readingsIn(caseId))?.[0]).toMatchObject({ severity: 'serious', certainty: 'unsure' });
    expect(await bring(unsure)).toMatchObject({ recorded: 0, known: 1, problems: [] });
  });

  it.each<[string, string, string]>([
    ['nobody', 'no.one@lab.example', 'No account has the e-mail address of the reader.'],
    ['who has left', 'gone@lab.example', "The reader's account is disabled."],
    ['an admin', 'admin@lab.example', 'The reader is an admin, and admins read no fields.'],
    ['who never signed in', 'new@lab.example', 'The reader has not signed in yet and chosen a password.'],
  ])('refuses a reader who is %s', async (_, reader, sentence) => {
    const { id } = await unread();
    expect((await bring([row(id, { reader })])).problems).toEqual([{ row: 2, column: 'reader', sentence }]);
  });

  it('refuses fields that do not exist, and pixels of several', async () => {
    const [first, second] = [await unread('twice'), await unread('twice')];
    const { problems } = await bring([
      row('01980000-0000-7000-8000-000000000000'),
      row('', { row: 3, field: { sha256: digestOf('nothing') } }),
      row('', { row: 4, field: { sha256: digestOf('twice 0') } }),
    ]);
    const several = `2 fields have these pixels; name the one that was read in a column "field": ${first.id}, ${second.id}.`;
    expect(problems.map(({ sentence }) => sentence)).toEqual([
      'There is no such field.',
      'No field has these pixels.',
      several,
    ]);
  });

  it('names every bad row, in order, and records none of the good ones', async () => {
    const [good, other] = [await unread(), await unread()];
    const outcome = await bring([
      row(good.id),
      row(good.id, { row: 3, correction: { ...CORRECTION, stage: 'Pro' } }),
      row(other.id, { row: 4, predicted: 'Benign' }),
      row(other.id, { row: 6, reader: 'gone@lab.example' }),
    ]);
    expect(outcome).toMatchObject({ recorded: 0, known: 0 });
    expect(outcome.problems.map(({ row, sentence }) => [row, sentence])).toEqual([
      [3, "Row 2 holds this reader's reading of this field already."],
      [4, 'Nothing has been answered on this field yet.'],
      [6, "The reader's account is disabled."],
    ]);
    expect(await readingsIn(good.caseId)).toEqual([]);
  });

  it('refuses an answer that the reader cannot have been given', async () => {
    const { db } = test();
    const sentenceOf = async (id: string, predicted: 'Benign' | 'Pro' = 'Benign') =>
      (await bring([row(id, { predicted })])).problems[0]?.sentence;
    const clear = await analysed();
    expect(await sentenceOf(clear.id, 'Pro')).toBe('The answer that stands for this field is another one.');
    const torn = await analysed({ probabilities: { Benign: 0.4, Early: 0, Pre: 0, Pro: 0.6 } });
    expect(await sentenceOf(torn.id)).toBe('No stage was answered on this field.');
    await setAiEnabled(db, { actor: admin, enabled: false, reason: 'Audit.' });
    expect(await sentenceOf(clear.id)).toMatch(/AI is switched off/);
    await setAiEnabled(db, { actor: admin, enabled: true, reason: 'Over.' });
    await setBlindShare(db, { actor: admin, share: 1, reason: 'All of them.' });
    const blind = await analysed();
    await setBlindShare(db, { actor: admin, share: 0, reason: 'None.' });
    expect(await sentenceOf(blind.id)).toMatch(/read blind/);
    expect(await bring([row(blind.id)])).toMatchObject({ recorded: 1 });
  });
});
