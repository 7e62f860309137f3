import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  DEARER_MISSES,
  decideForTests as decide,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { uuidv7 } from '../uuid.ts';
import {
  activateCosts,
  blindlyReadFields,
  caseDetail,
  countUnsettled,
  draftCosts,
  drawnForBlindReview,
  proposeCosts,
  recordCorrection,
  setBlindShare,
  storeAnalysis,
  unsettledAnalyses,
  worklist,
  worklistQuerySchema,
} from './index.ts';

describe('the draw', () => {
  const ids = Array.from({ length: 4_000 }, () => uuidv7());
  it.each([
    [0, 0, 0],
    [0.05, 0.035, 0.065],
    [1, 1, 1],
  ])('takes %d of the cases', (share, least, most) => {
    const drawn = ids.filter((id) => drawnForBlindReview(id, share)).length / ids.length;
    expect(drawn).toBeGreaterThanOrEqual(least);
    expect(drawn).toBeLessThanOrEqual(most);
  });

  it('is the same whenever it is made again, and grows with the share', () => {
    const at = (share: number) => ids.filter((id) => drawnForBlindReview(id, share));
    expect(at(0.1)).toEqual(at(0.1));
    expect(at(0.2)).toEqual(expect.arrayContaining(at(0.1)));
  });
});

describe('a case in blind review', () => {
  const test = withTestDatabase();
  let admin: UserActor;
  beforeAll(async () => {
    await someModel(test().db);
    admin = await someone(test().db, 'admin');
  });

  it('is one of twenty in an installation where no admin has said otherwise', async () => {
    // Databases of tests begin with none, so the column is asked what others begin with.
    const { rows } = await test().owner.execute(
      sql`select column_default::float8 as share from information_schema.columns
        where table_name = 'service_settings' and column_name = 'blind_share'`,
    );
    expect(rows).toEqual([{ share: 0.05 }]);
  });

  it('tells the worklist nothing of the network, by value, order or state', async () => {
    const { db } = test();
    await setBlindShare(db, { actor: admin, share: 1, reason: 'For the test.' });
    const clinician = await someone(db, 'clinician');
    const { caseId, imageIds } = await someCase(db, { actor: clinician, pseudonym: 'blind' });
    await storeAnalysis(db, {
      imageId: imageIds[0] ?? '',
      // Deferred under the study's costs, unfamiliar, torn.
      analysis: someAnalysis({
        probabilities: { Benign: 0.5, Early: 0.5, Pre: 0, Pro: 0 },
        outOfDistribution: { score: 3, flag: true },
        predictionSet: ['Benign', 'Early'],
      }),
      maskSha256: digestOf('m'),
      durationMs: 1,
      decide,
    });
    const { rows } = await worklist(db, worklistQuerySchema.parse({}));
    expect(rows).toMatchObject([
      {
        blindReview: true,
        status: 'analysed',
        expectedCost: null,
        margin: null,
        findings: [],
        setSize: null,
      },
    ]);
    const { rows: states } = await db.execute(
      sql`select stages, information from case_states where case_id = ${caseId}`,
    );
    expect(states).toEqual([{ stages: [], information: -1 }]);
    expect(await unsettledAnalyses(db, { limit: 5 })).toEqual([]);
    expect(await countUnsettled(db)).toEqual({ shown: 0, blind: 1 });
  });

  it('prices the decision that stood when a field was first read, not one made anew since', async () => {
    const { db } = test();
    const [one, other] = [await someone(db, 'admin'), await someone(db, 'admin')];
    await setBlindShare(db, { actor: one, share: 1, reason: 'For the test.' });
    const actor = await someone(db, 'clinician');
    const { caseId, imageIds } = await someCase(db, { actor });
    const [imageId = ''] = imageIds;
    await storeAnalysis(db, {
      ...{ imageId, analysis: someAnalysis(), maskSha256: digestOf('m'), durationMs: 1, decide },
    });
    await recordCorrection(db, {
      ...{ actor, auditKey: AUDIT_KEY, adjudicate: adjudicateForTests, imageId, seen: null },
      correction: {
        ...{ stage: 'Early', certainty: 'sure', confirmedBy: 'morphology', severity: 'none', comment: '' },
      },
    });
    const reason = 'For the test.';
    const { id } = await draftCosts(db, { actor: one, name: 'Dearer misses', costs: DEARER_MISSES });
    await proposeCosts(db, { actor: one, id, reason });
    await activateCosts(db, { actor: other, id, reason, decide });
    expect((await caseDetail(db, caseId))?.images[0]?.decision).toMatchObject({
      stage: 'Early',
      defer: true,
    });
    const [field] = (await blindlyReadFields(db)).filter((each) => each.caseId === caseId);
    expect(field).toMatchObject({ actual: 'Early', decision: { stage: 'Benign', defer: false } });
  });
});
