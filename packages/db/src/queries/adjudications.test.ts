import type { Adjudication, CorrectionInput, Role } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import {
  AUDIT_KEY,
  adjudicateForTests as adjudicate,
  decideForTests,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { adjudicateReadFields } from './adjudications.ts';
import { fieldsReadTwice } from './agreements.ts';
import { storeAnalysis } from './analyses.ts';
import { caseDetail } from './case-detail.ts';
import { recordCorrection, type SeenResult } from './corrections.ts';
import { setSeniorDecides } from './settings.ts';
import { setUserRole } from './users.ts';
import { countDisputed, worklist } from './worklist.ts';
import { worklistQuerySchema } from './worklist-schemas.ts';

const READING: CorrectionInput = {
  stage: 'Pre',
  certainty: 'sure',
  confirmedBy: 'morphology',
  severity: 'none',
  comment: '',
};

/** A reader by number, and what differs from READING. */
type Word = readonly [reader: number, change?: Partial<CorrectionInput>];
const READERS: readonly Role[] = ['clinician', 'clinician', 'clinician', 'senior', 'senior'];
const SENIOR = 3;

describe('what is held true after each reading', () => {
  const test = withTestDatabase();
  let readers: UserActor[];
  let admin: UserActor;

  beforeAll(async () => {
    await someModel(test().db);
    readers = await Promise.all(READERS.map((role) => someone(test().db, role)));
    admin = await someone(test().db, 'admin');
  });

  const submitted = async (count = 1, pseudonym = 'P-1') => {
    const actor = readers[0] ?? admin;
    return someCase(test().db, { actor, count, pseudonym });
  };
  const say = (imageId: string, [reader, change]: Word, seen: SeenResult | null = null) =>
    recordCorrection(test().db, {
      actor: readers[reader] ?? admin,
      auditKey: AUDIT_KEY,
      adjudicate,
      imageId,
      seen,
      correction: { ...READING, ...change },
    });
  /** Benign is shown. */
  const decided = async (imageId: string): Promise<SeenResult> => {
    const stored = await storeAnalysis(test().db, {
      ...{ imageId, analysis: someAnalysis(), maskSha256: digestOf('mask'), durationMs: 1 },
      decide: decideForTests,
    });
    if (stored.outcome === 'stale-model') throw new Error('The model of the tests is not in service.');
    return { analysisId: stored.analysisId, decisionId: stored.decisionId };
  };
  const standing = async (caseId: string) =>
    (await caseDetail(test().db, caseId))?.images.map(({ adjudication }) => adjudication);
  const flow = { confirmedBy: 'flow-cytometry' } as const;

  const PATHS: [string, Word[], Adjudication | null][] = [
    ['nobody', [], null],
    ['one by morphology', [[0]], { status: 'open' }],
    ['one who reads twice', [[0], [0]], { status: 'open' }],
    ['two who agree', [[0], [1]], { status: 'adjudicated', stage: 'Pre', by: 'agreement' }],
    [
      'two who cannot assess it',
      [
        [0, { stage: null }],
        [1, { stage: null }],
      ],
      { status: 'adjudicated', stage: null, by: 'agreement' },
    ],
    ['two who disagree', [[0], [1, { stage: 'Pro' }]], { status: 'disputed', why: 'disagreement' }],
    [
      'two who disagreed until one came round',
      [[0], [1, { stage: 'Pro' }], [1]],
      { status: 'adjudicated', stage: 'Pre', by: 'agreement' },
    ],
    [
      'two who agreed until one thought again',
      [[0], [1], [0, { stage: 'Pro' }]],
      { status: 'disputed', why: 'disagreement' },
    ],
    ['one by flow cytometry', [[0, flow]], { status: 'adjudicated', stage: 'Pre', by: 'confirmation' }],
    [
      'genetics against two by morphology',
      [[0], [1], [2, { stage: 'Pro', confirmedBy: 'genetics' }]],
      { status: 'adjudicated', stage: 'Pro', by: 'confirmation' },
    ],
    [
      'a senior on a dispute',
      [[0], [1, { stage: 'Pro' }], [SENIOR, { stage: 'Early' }]],
      { status: 'adjudicated', stage: 'Early', by: 'senior' },
    ],
    [
      'a clinician after a senior',
      [[SENIOR, { stage: 'Early' }], [0]],
      { status: 'adjudicated', stage: 'Early', by: 'senior' },
    ],
    [
      'the later of two seniors, who spoke first too',
      [[4], [SENIOR, { stage: 'Early' }], [4, { stage: 'Pro' }]],
      { status: 'adjudicated', stage: 'Pro', by: 'senior' },
    ],
  ];

  it.each(PATHS)('%s', async (_, words, expected) => {
    const { caseId, imageIds } = await submitted();
    for (const word of words) await say(imageIds[0] ?? '', word);
    expect(await standing(caseId)).toEqual([expected]);
  });

  it('keeps a critical error for a senior, also where its reader repeats the stage with the AI off', async () => {
    const { caseId, imageIds } = await submitted();
    const [imageId = ''] = imageIds;
    const seen = await decided(imageId);
    const critical = [{ status: 'disputed', why: 'severity' }];
    await say(imageId, [0, { severity: 'critical' }], seen);
    await say(imageId, [1], seen);
    expect(await standing(caseId)).toEqual(critical);
    const again = await say(imageId, [0, { comment: 'The mask alone.' }]);
    expect(again).toMatchObject({ ...seen, severity: 'critical', comment: 'The mask alone.' });
    expect(await standing(caseId)).toEqual(critical);
    // Shown the answer again, the reader judges anew.
    await say(imageId, [0], seen);
    expect(await standing(caseId)).toEqual([{ status: 'adjudicated', stage: 'Pre', by: 'agreement' }]);
  });

  it('goes by what a senior shall decide on when a field is read, and touches no field before', async () => {
    const { db } = test();
    const { caseId, imageIds } = await submitted();
    const [imageId = ''] = imageIds;
    const seen = await decided(imageId);
    const settled = [{ status: 'adjudicated', stage: 'Pre', by: 'agreement' }];
    for (const reader of [0, 1]) await say(imageId, [reader, { severity: 'serious' }], seen);
    expect(await standing(caseId)).toEqual(settled);
    await setSeniorDecides(db, { actor: admin, severities: ['serious', 'critical'], reason: 'Agreed.' });
    expect(await standing(caseId)).toEqual(settled);
    await say(imageId, [1, { severity: 'minor' }], seen);
    expect(await standing(caseId)).toEqual([{ status: 'disputed', why: 'severity' }]);
    await setSeniorDecides(db, { actor: admin, severities: ['critical'], reason: 'As before.' });
  });

  it('shows the settled stage and not the latest reading', async () => {
    const { imageIds } = await submitted(1, 'SETTLED');
    for (const word of [[SENIOR, { stage: 'Early' }], [0]] satisfies Word[])
      await say(imageIds[0] ?? '', word);
    for (const withoutAi of [false, true]) {
      const query = worklistQuerySchema.parse({ search: 'SETTLED', stage: 'Early', withoutAi });
      expect((await worklist(test().db, query)).rows).toMatchObject([{ images: [{ stage: 'Early' }] }]);
      expect((await worklist(test().db, { ...query, stage: 'Pre' })).rows).toEqual([]);
    }
  });

  it('hears readers who speak at once, each after the other', async () => {
    const { caseId, imageIds } = await submitted();
    const [imageId = ''] = imageIds;
    await Promise.all([say(imageId, [0]), say(imageId, [1]), say(imageId, [2, { stage: 'Pro' }])]);
    expect(await standing(caseId)).toEqual([{ status: 'disputed', why: 'disagreement' }]);
  });

  it('keeps the role in which a reading was given', async () => {
    const { db } = test();
    const { caseId, imageIds } = await submitted();
    const [imageId = ''] = imageIds;
    const rising = await someone(db, 'clinician');
    const correction = { ...READING, stage: 'Pro' } as const;
    await recordCorrection(db, {
      actor: rising,
      auditKey: AUDIT_KEY,
      adjudicate,
      imageId,
      seen: null,
      correction,
    });
    await setUserRole(db, { actor: admin, userId: rising.id, role: 'senior', reason: 'Promoted.' });
    await say(imageId, [0]);
    expect(await standing(caseId)).toEqual([{ status: 'disputed', why: 'disagreement' }]);
  });

  it('marks and finds the cases whose fields are disputed or wait', async () => {
    const { db } = test();
    const find = async (adjudication: 'disputed' | 'open') => {
      const { rows } = await worklist(db, worklistQuerySchema.parse({ search: 'FIND-', adjudication }));
      return rows.map(({ pseudonym, unsettled }) => [pseudonym, unsettled]);
    };
    const before = await countDisputed(db);
    const both = await submitted(2, 'FIND-BOTH');
    const open = await submitted(1, 'FIND-OPEN');
    const settled = await submitted(1, 'FIND-SETTLED');
    const [first = '', second = ''] = both.imageIds;
    for (const imageId of [first, second, open.imageIds[0] ?? '']) await say(imageId, [0]);
    await say(settled.imageIds[0] ?? '', [0, flow]);
    await say(second, [1, { stage: 'Pro' }]);
    expect(await find('disputed')).toEqual([['FIND-BOTH', ['disputed', 'open']]]);
    expect(await find('open')).toEqual([
      ['FIND-OPEN', ['open']],
      ['FIND-BOTH', ['disputed', 'open']],
    ]);
    expect((await countDisputed(db)) - before).toBe(1);
    await say(second, [SENIOR]);
    expect(await find('disputed')).toEqual([]);
    expect((await countDisputed(db)) - before).toBe(0);
  });

  it('adjudicates what was read before it was known how, once', async () => {
    const { db, owner } = test();
    const { caseId, imageIds } = await submitted(3, 'BEFORE');
    const [disputed = '', open = ''] = imageIds;
    for (const imageId of [disputed, open]) await say(imageId, [0]);
    await say(disputed, [1, { stage: 'Pro' }]);
    const after = await caseDetail(db, caseId);
    await owner.execute(sql`update image_states set adjudication = null, adjudication_why = null,
      adjudicated_stage = null`);
    await owner.execute(sql`update case_states set disputed = false, awaits_reader = false`);
    expect(await standing(caseId)).toEqual([null, null, null]);
    await Promise.all([adjudicateReadFields(db, adjudicate), adjudicateReadFields(db, adjudicate)]);
    expect(await caseDetail(db, caseId)).toEqual(after);
    const { rows } = await worklist(db, worklistQuerySchema.parse({ search: 'BEFORE' }));
    expect(rows[0]?.unsettled).toEqual(['disputed', 'open']);
    const asked: number[] = [];
    await adjudicateReadFields(db, (readings, policy) => {
      asked.push(readings.length);
      return adjudicate(readings, policy);
    });
    expect(asked).toEqual([]);
  });

  it.each([
    "adjudication = 'disputed'",
    "adjudication = 'disputed', adjudication_why = 'senior'",
    "adjudication = 'adjudicated'",
    "adjudication = 'adjudicated', adjudication_why = 'disagreement'",
    "adjudication = 'open', adjudication_why = 'senior'",
    "adjudication = 'open', adjudicated_stage = 'Pre'",
    "adjudication = 'decided'",
    "adjudication = null, adjudicated_stage = 'Pre'",
    "adjudication = null, adjudication_why = 'senior'",
    'correction_id = null',
  ])('the database refuses %s', async (change) => {
    const { imageIds } = await submitted();
    const [imageId = ''] = imageIds;
    await say(imageId, [0]);
    await expect(
      test().owner.execute(sql`update image_states set ${sql.raw(change)} where image_id = ${imageId}`),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('compares the latest words of every two readers of a field', async () => {
    const { db } = test();
    const [ann, ben, cara] = await Promise.all(['A', 'B', 'C'].map(() => someone(db, 'clinician')));
    if (!ann || !ben || !cara) throw new Error('somebody is missing');
    const pseudonym = `P-${ann.id}`;
    const { caseId: patient } = await submitted(1, pseudonym);
    const { imageIds } = await submitted(2, pseudonym);
    const words: [UserActor, number, CorrectionInput['stage']][] = [
      [ann, 0, 'Pro'],
      [ann, 0, 'Pre'],
      [ben, 0, null],
      [cara, 0, 'Pre'],
      [ann, 1, 'Early'],
    ];
    for (const [actor, field, stage] of words) {
      await recordCorrection(db, {
        actor,
        auditKey: AUDIT_KEY,
        adjudicate,
        imageId: imageIds[field] ?? '',
        seen: null,
        correction: { ...READING, stage },
      });
    }
    const read = (await fieldsReadTwice(db)).filter((field) => field.patient === patient);
    const said = (id: string) => (id === ben.id ? null : 'Pre');
    expect(read).toHaveLength(3);
    for (const { first, second } of read) {
      expect([first.stage, second.stage]).toEqual([said(first.id), said(second.id)]);
      expect(first.id < second.id).toBe(true);
    }
  });
});
