import { getTableName, is, sql } from 'drizzle-orm';
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
  someAnalysis,
  someCase,
  someModel,
  someone,
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
  readonly draft: string;
  readonly proposed: string;
  readonly session: string;
  readonly model: string;
}

const reason = 'As agreed.';
const correction = {
  stage: 'Pro',
  certainty: 'sure',
  confirmedBy: 'genetics',
  severity: 'minor',
  comment: 'x',
} as const;
const image = { blobSha256: digestOf('new'), width: 1, height: 1, bytes: 1 };

/** Every query function that changes something, with the action that the trail must show (R3). */
const CHANGES: [action: string, call: (db: Queryable, s: Scene) => Promise<unknown>][] = [
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
    'analysis.retry',
    (db, { clinician: actor, failed: imageId, queue }) => queries.retryFailed(db, { actor, imageId, queue }),
  ],
  ['analysis.fail', (db, { failed: imageId }) => queries.markFailed(db, { imageId, code: 'INTERNAL' })],
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
      }),
  ],
  [
    'model.deploy',
    (db, { admin: actor, model: digest }) => queries.setModelInService(db, { actor, digest, reason }),
  ],
  ['settings.ai', (db, { admin: actor }) => queries.setAiEnabled(db, { actor, enabled: false, reason })],
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
  // What it writes follows from readings that are on the trail.
  'adjudicateReadFields',
  'areTwoPeople',
  'caseDetail',
  'costMatrixDigest',
  'countDisputed',
  'enqueueWaiting',
  'fieldsReadTwice',
  'findCosts',
  'findDuplicates',
  'findUser',
  'findUserByEmail',
  'foundingCosts',
  'imageBlobs',
  'imageForAnalysis',
  'listCosts',
  'listModels',
  'listUsers',
  'modelInService',
  'modelPlot',
  'peekSession',
  'readingMasks',
  'recentSignInFailures',
  'recordSignInAttempt',
  'serviceSettings',
  'settledAnalyses',
  'severityJudgements',
  'unreviewedAnalyses',
  'useSession',
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
    await queries.registerModel(db, { actor: SYSTEM, digest: model, name: 'second', card: '', manifest: {} });
    const [admin, other, clinician] = [
      await someone(db, 'admin'),
      await someone(db, 'admin'),
      await someone(db, 'clinician'),
    ];
    const queue = await openAnalysisQueue(appUrl, { work: false });
    const { imageIds } = await someCase(db, { actor: clinician, count: 2 });
    const [open = '', failed = ''] = imageIds;
    await queries.markFailed(db, { imageId: failed, code: 'INTERNAL' });
    const version = async () =>
      (await queries.draftCosts(db, { actor: admin, name: 'V', costs: DEARER_MISSES })).id;
    const [draft, proposed] = [await version(), await version()];
    await queries.proposeCosts(db, { actor: admin, id: proposed, reason });
    const session = (await queries.createSession(db, clinician.id)).id;
    scene = { admin, other, clinician, queue, open, failed, draft, proposed, session, model };
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
    expect([...called, ...UNAUDITED, 'revokeUserSessions'].toSorted()).toEqual(functions.toSorted());
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
    if ([...REASONED_ACTIONS].some((reasoned) => reasoned === action)) expect(event?.reason).toBe(reason);
  });
});
