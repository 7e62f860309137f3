import { type DriftFinding, SIGNATURE_MEANINGS } from '@blastwise/contracts';
import { eq, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { listAudit, REASONED_ACTIONS } from '../audit/index.ts';
import type { Queryable } from '../client.ts';
import { type AnalysisQueue, openAnalysisQueue } from '../jobs/index.ts';
import * as schema from '../schema/index.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  DEARER_MISSES,
  decideForTests as decide,
  digestOf,
  MODEL,
  someAnalysis,
  someCase,
  someModel,
  someone,
  someSet,
  someVerdict,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import * as queries from './index.ts';

/** Everything the calls below work on, ready for each of them. */
interface Scene {
  readonly admin: UserActor;
  readonly other: UserActor;
  readonly clinician: UserActor;
  readonly queue: AnalysisQueue;
  readonly open: string;
  readonly failed: string;
  /** Analysed, with its decision. */
  readonly asked: string;
  readonly askedOn: string;
  /** A case whose one field was read. */
  readonly read: string;
  readonly draft: string;
  readonly proposed: string;
  readonly session: string;
  /** Begun by single sign-on. */
  readonly signedOn: queries.Session;
  readonly model: string;
  readonly alarm: string;
  readonly better: string;
  readonly setId: string;
  /** A set of images. */
  readonly picturesId: string;
  /** Running, by its first attempt. */
  readonly training: string;
  readonly newestTraining: () => Promise<string>;
}

const reason = 'As agreed.';
const correction = {
  stage: 'Pro',
  certainty: 'sure',
  confirmedBy: 'genetics',
  severity: 'none',
  comment: 'x',
} as const;
const drifting: DriftFinding = {
  quantity: 'cells',
  state: 'drifting',
  statistic: 'ks',
  value: 0.9,
  threshold: 0.5,
  psi: 2,
  referenceCases: 40,
  windowCases: 20,
  bins: [],
};
const someOutcome = () => ({
  epochs: 2,
  bestEpoch: 1,
  learned: 1,
  reserved: 0,
  quarantined: [],
  validation: { before: { accuracy: 0.9, cost: 1 }, after: { accuracy: 0.9, cost: 1 } },
});
const image = { blobSha256: digestOf('new'), width: 1, height: 1, bytes: 1 };

const driftWindow = () => ({
  series: 'analysed' as const,
  number: 1,
  caseIds: [],
  lastAt: new Date(),
  findings: [drifting],
});

/** Every query function that changes something, with the action that the trail must show (R3). */
const CHANGES: [action: string, call: (db: Queryable, s: Scene) => Promise<unknown>][] = [
  // First, while its reader still has a password of their own.
  [
    'correction.import',
    async (db, { clinician: { id }, open }) => {
      const { users } = schema;
      const [reader] = await db.select({ email: users.email }).from(users).where(eq(users.id, id));
      return queries.importReadings(db, {
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        reason,
        supersede: true,
        rehearse: false,
        readings: [{ row: 2, field: { id: open }, reader: reader?.email ?? '', predicted: null, correction }],
      });
    },
  ],
  [
    'user.create',
    (db, { admin: actor }) =>
      queries.createUser(db, { actor, email: 'n@example.org', name: 'N', role: 'senior', passwordHash: 'x' }),
  ],
  [
    'user.set-role',
    (db, { admin: actor, clinician }) =>
      queries.setUserRole(db, { actor, userId: clinician.id, role: 'senior', reason }),
  ],
  [
    'session.end',
    (db, { clinician: actor, session }) => queries.revokeSession(db, { actor, sessionId: session }),
  ],
  [
    'session.renew',
    (db, { signedOn: session }) => queries.renewSignOn(db, { session, signedOnAt: new Date() }),
  ],
  [
    'user.set-password',
    (db, { admin: actor, clinician }) =>
      queries.setPasswordHash(db, { actor, userId: clinician.id, passwordHash: 'y' }),
  ],
  [
    'user.reset-password',
    (db, { admin: actor, clinician }) =>
      queries.resetPassword(db, { actor, userId: clinician.id, passwordHash: 'z', reason }),
  ],
  ['session.start', (db, { clinician }) => queries.createSession(db, clinician.id)],
  [
    'session.end',
    (db, { admin: actor, clinician }) =>
      queries.revokeUserSessions(db, { actor, userId: clinician.id, reason }),
  ],
  [
    'case.accept',
    (db, { clinician: actor, queue }) =>
      queries.acceptCase(db, {
        actor,
        auditKey: AUDIT_KEY,
        queue,
        pseudonym: 'P',
        note: '',
        images: [image],
      }),
  ],
  [
    'analysis.store',
    (db, { open: imageId }) =>
      queries.storeAnalysis(db, {
        imageId,
        analysis: someAnalysis(),
        maskSha256: digestOf('m'),
        durationMs: 1,
        decide,
      }),
  ],
  [
    'correction.record',
    (db, { clinician: actor, open: imageId }) =>
      queries.recordCorrection(db, {
        actor,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen: null,
        correction,
        masks: { maskSha256: digestOf('edited') },
      }),
  ],
  [
    'choice.record',
    (db, { clinician: actor, asked: imageId, askedOn: decisionId }) =>
      queries.recordCostChoice(db, {
        actor,
        auditKey: AUDIT_KEY,
        imageId,
        decisionId,
        first: 'Benign',
        second: 'Early',
        answer: 'first',
      }),
  ],
  [
    'case.sign',
    async (db, { clinician: actor, read: caseId }) =>
      queries.signCase(db, {
        actor,
        auditKey: AUDIT_KEY,
        caseId,
        meaning: 'reviewed',
        shown: [],
        record: (await queries.caseSigning(db, { auditKey: AUDIT_KEY, caseId, shown: [], readings: 1 }))
          .record,
      }),
  ],
  [
    'analysis.retry',
    (db, { clinician: actor, failed: imageId, queue }) => queries.analyseAgain(db, { actor, imageId, queue }),
  ],
  ['analysis.fail', (db, { failed: imageId }) => queries.markFailed(db, { imageId, code: 'INTERNAL' })],
  [
    'locked-test.open',
    (db, { admin: actor }) =>
      queries.openLockedTestSet(db, { ...someSet, actor, contentSha256: digestOf('another set') }),
  ],
  [
    'locked-test.open',
    (db) => {
      const { networkSha256, fields, groups } = someSet;
      const test = { networkSha256, fields, groups, contentSha256: digestOf('own'), bytes: new Uint8Array() };
      const blobs = { put: async () => digestOf('own') };
      return queries.openOwnTest(db, blobs, { digest: MODEL, name: 'starter' }, test);
    },
  ],
  [
    'locked-test.compare',
    (db, { picturesId: imagesId, setId: featuresId }) =>
      queries.recordSetComparison(db, { imagesId, featuresId, shared: 0 }),
  ],
  [
    'model.judge',
    (db, { admin: actor, setId, model: digest }) => queries.requestJudgement(db, { actor, setId, digest }),
  ],
  ['model.verdict', (db) => queries.judgeNext(db, async () => ({ failure: 'The set is not here.' }))],
  [
    'model.promote',
    (db, { admin: actor, better: digest }) => queries.promoteModel(db, { actor, digest, reason }),
  ],
  ['model.roll-back', (db, { admin: actor }) => queries.rollBackModel(db, { actor, digest: MODEL, reason })],
  [
    'costs.draft',
    (db, { admin: actor }) => queries.draftCosts(db, { actor, name: 'N', costs: DEARER_MISSES }),
  ],
  ['costs.propose', (db, { admin: actor, draft: id }) => queries.proposeCosts(db, { actor, id, reason })],
  ['costs.reject', (db, { other: actor, draft: id }) => queries.rejectCosts(db, { actor, id, reason })],
  [
    'costs.activate',
    (db, { other: actor, proposed: id }) => queries.activateCosts(db, { actor, id, reason, decide }),
  ],
  [
    'model.register',
    (db) =>
      queries.registerModel(db, {
        actor: SYSTEM,
        digest: digestOf('third'),
        name: 'third',
        card: '',
        manifest: {},
        reason,
      }),
  ],
  [
    'model.deploy',
    (db, { admin: actor, model: digest }) => queries.setModelInService(db, { actor, digest, reason }),
  ],
  [
    'training.finish',
    (db, { training: id }) =>
      queries.finishTraining(
        db,
        { id, attempt: 1 },
        {
          model: { digest: digestOf('third'), name: 'third', card: '', manifest: {} },
          outcome: someOutcome(),
        },
      ),
  ],
  [
    'training.request',
    (db, { admin: actor, queue }) =>
      queries.requestTraining(db, { actor, reason, options: { costWeight: null, seed: 1 }, queue }),
  ],
  [
    'training.cancel',
    async (db, { admin: actor, newestTraining }) =>
      queries.cancelTraining(db, { actor, id: await newestTraining() }),
  ],
  [
    'training.resume',
    async (db, { admin: actor, queue, newestTraining }) =>
      queries.resumeTraining(db, { actor, id: await newestTraining(), queue }),
  ],
  [
    'training.fail',
    async (db, { newestTraining }) =>
      queries.failTraining(db, { id: await newestTraining(), failure: 'It broke.' }),
  ],
  ['settings.ai', (db, { admin: actor }) => queries.setAiEnabled(db, { actor, enabled: false, reason })],
  [
    'settings.blind-review',
    (db, { admin: actor }) => queries.setBlindShare(db, { actor, share: 0.1, reason }),
  ],
  [
    'settings.senior-decides',
    (db, { admin: actor }) => queries.setSeniorDecides(db, { actor, severities: ['critical'], reason }),
  ],
  [
    'settings.gate-margin',
    (db, { admin: actor }) => queries.setGateMargin(db, { actor, margin: 0.02, reason }),
  ],
  ['drift.alarm', (db, { model: digest }) => queries.recordDriftWindow(db, { ...driftWindow(), digest })],
  [
    'drift.acknowledge',
    (db, { admin: actor, alarm: id }) => queries.acknowledgeDriftAlarm(db, { actor, id, reason }),
  ],
  [
    'user.disable',
    (db, { admin: actor, clinician }) => queries.disableUser(db, { actor, userId: clinician.id, reason }),
  ],
  [
    'user.enable',
    (db, { admin: actor, clinician }) => queries.enableUser(db, { actor, userId: clinician.id, reason }),
  ],
];

/** Functions that change nothing that anybody must answer for, or only read. */
const UNAUDITED = [
  'activeCosts',
  'adjudicatedImages',
  // What it writes follows from readings that are on the trail.
  'adjudicateReadFields',
  'areTwoPeople',
  'blindFlips',
  'blindSample',
  'blindlyReadFields',
  'caseDetail',
  'casesOfFields',
  // It changes who works on a training, not what was asked for.
  'claimTraining',
  'comparedFields',
  'countDisputed',
  'countOpenAlarms',
  'countUnsettled',
  // It deploys by setModelInService.
  'deployWhereUnchosen',
  'drawnForBlindReview',
  'driftReference',
  'driftWindowsOf',
  'enqueueWaiting',
  'enqueueWaitingTraining',
  'fieldsReadTwice',
  'fieldsWithoutSenior',
  'findCosts',
  'findDuplicates',
  'findModel',
  'findTraining',
  'findUser',
  'findUserByEmail',
  'foundingCosts',
  'gateMargin',
  'hasReadImage',
  'imageBlindness',
  'imageBlobs',
  'imageForAnalysis',
  'listCosts',
  'listDriftAlarms',
  'listLockedTestSets',
  'listLockedTestUses',
  'listModels',
  'listTrainings',
  'listUsers',
  'lockedTestFiles',
  'lockedTestImage',
  'modelInService',
  'modelPlot',
  'nextDriftWindow',
  // It says what a service found, not what anybody did.
  'noteRegisteredFolder',
  'noteTrainingProgress',
  'openSessions',
  'ownChoices',
  'patientsOfFields',
  'peekSession',
  'promotionHindrances',
  'readingMasks',
  'receivedFields',
  'recentSignInFailures',
  'recordSignInAttempt',
  'referenceWindows',
  'registeredFolder',
  'reservedUses',
  'seenReadings',
  'serviceSettings',
  'settledAnalyses',
  'settledFields',
  'settledFieldsWithMasks',
  'severityJudgements',
  'standingChoices',
  // What it is taken for is on the trail.
  'takeSignOn',
  'trainingBase',
  'trainingManifestDigest',
  'uncomparedSets',
  'undecidedCosts',
  'unsettledAnalyses',
  'useSession',
  'watchedFields',
  'worklist',
  'worklistCounts',
  'worklistNeighbours',
];

describe('every change is on the audit trail', () => {
  const test = withTestDatabase();
  let scene: Scene;

  beforeAll(async () => {
    const { db, appUrl } = test();
    await someModel(db);
    const model = digestOf('second');
    await queries.registerModel(db, {
      actor: SYSTEM,
      digest: model,
      name: 'second',
      card: '',
      manifest: {},
      reason,
    });
    const [admin, other, clinician] = [
      await someone(db, 'admin'),
      await someone(db, 'admin'),
      await someone(db, 'clinician'),
    ];
    const queue = await openAnalysisQueue(appUrl, { work: false });
    const { imageIds } = await someCase(db, { actor: clinician, count: 4 });
    const [open = '', failed = '', settled = '', asked = ''] = imageIds;
    await queries.markFailed(db, { imageId: failed, code: 'INTERNAL' });
    const version = async () =>
      (await queries.draftCosts(db, { actor: admin, name: 'V', costs: DEARER_MISSES })).id;
    const [draft, proposed] = [await version(), await version()];
    await queries.proposeCosts(db, { actor: admin, id: proposed, reason });
    const session = (await queries.createSession(db, clinician.id)).id;
    const signedOn = await queries.createSession(db, clinician.id, new Date(Date.now() - 60_000));
    await queries.recordCorrection(db, {
      actor: await someone(db, 'senior'),
      auditKey: AUDIT_KEY,
      adjudicate: adjudicateForTests,
      imageId: settled,
      seen: null,
      correction,
    });
    const {
      caseId: read,
      imageIds: [only = ''],
    } = await someCase(db, { actor: clinician });
    await queries.recordCorrection(db, {
      actor: clinician,
      auditKey: AUDIT_KEY,
      adjudicate: adjudicateForTests,
      imageId: only,
      seen: null,
      correction,
    });
    const options = { costWeight: null, seed: 1 };
    const training = (await queries.requestTraining(db, { actor: admin, reason, options, queue })).id;
    await queries.claimTraining(db, training);
    const newestTraining = async () => (await queries.listTrainings(db, 1))[0]?.id ?? '';
    await queries.recordDriftWindow(db, { ...driftWindow(), digest: MODEL });
    const [alarm] = await queries.listDriftAlarms(db, { limit: 1 });
    const better = digestOf('better');
    await queries.registerModel(db, {
      actor: other,
      digest: better,
      name: 'better',
      card: '',
      manifest: {},
      reason,
    });
    const { id: setId } = await queries.openLockedTestSet(db, { ...someSet, actor: SYSTEM });
    const picture = { blobSha256: digestOf('picture'), stage: 'Pre', group: '0' } as const;
    const { id: picturesId } = await queries.openLockedTestSet(db, {
      ...{ ...someSet, actor: SYSTEM, images: [picture], networkSha256: null },
      contentSha256: digestOf('pictures'),
    });
    await someVerdict(db, { actor: admin, setId, digest: better });
    const analysed = await queries.storeAnalysis(db, {
      imageId: asked,
      analysis: someAnalysis(),
      maskSha256: digestOf('m'),
      durationMs: 1,
      decide,
    });
    const askedOn = analysed.outcome === 'stale-model' ? '' : analysed.decisionId;
    const models = { model, better, setId, picturesId, alarm: alarm?.id ?? '' };
    scene = {
      admin,
      other,
      clinician,
      queue,
      open,
      failed,
      asked,
      askedOn,
      read,
      draft,
      proposed,
      session,
      signedOn,
      ...models,
      training,
      newestTraining,
    };
    return () => queue.stop();
  });

  const tables = Object.values(schema).flatMap((table) => (is(table, PgTable) ? [getTableName(table)] : []));
  const everything = async () => {
    const digests = [...tables.map((name) => `public.${name}`), 'pgboss.job'].map((name) =>
      sql.raw(`(select md5(string_agg(t::text, '|' order by t::text)) from ${name} t)`),
    );
    return (await test().owner.execute(sql`select ${sql.join(digests, sql`, `)}`)).rows;
  };

  it('knows every query function', () => {
    const functions = Object.entries(queries).flatMap(([name, value]) =>
      typeof value === 'function' ? [name] : [],
    );
    const called = functions.filter((name) =>
      CHANGES.some(([, call]) => String(call).includes(`${name})(`) || String(call).includes(`.${name}(`)),
    );
    expect([...called, ...UNAUDITED].toSorted()).toEqual(functions.toSorted());
  });

  it.each(CHANGES)('%s: nothing without its audit row, and one with it (R2, R3)', async (action, call) => {
    const { db, owner } = test();
    const before = await everything();
    await owner.execute(sql`revoke insert on audit_events from blastwise_app`);
    await expect(call(db, scene)).rejects.toMatchObject({ code: '42501' });
    await owner.execute(sql`grant insert on audit_events to blastwise_app`);
    expect(await everything()).toEqual(before);
    await call(db, scene);
    const [event] = await listAudit(db, { limit: 1 });
    expect(event).toMatchObject({ action });
    const known = [null, scene.admin.id, scene.other.id, scene.clinician.id];
    expect(known).toContain(event?.actorId);
    expect(Date.now() - (event?.at.getTime() ?? 0)).toBeLessThan(10_000);
    if ([...REASONED_ACTIONS].some((reasoned) => reasoned === action))
      expect(event?.reason).toBe(action === 'case.sign' ? SIGNATURE_MEANINGS.reviewed : reason);
  });
});
