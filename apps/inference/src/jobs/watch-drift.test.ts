import { createHash, randomUUID } from 'node:crypto';
import { type Background, DRIFT_CASES, toStageRecord } from '@blastwise/contracts';
import {
  acceptCase,
  countOpenAlarms,
  createUser,
  driftWindowsOf,
  listDriftAlarms,
  openAuditKey,
  registerModel,
  SYSTEM,
  setModelInService,
  storeAnalysis,
  type UserActor,
} from '@blastwise/db';
import { withTestDatabase } from '@blastwise/db/testing';
import { seededRandom, WATCH_RULES } from '@blastwise/model';
import { decide } from '@blastwise/model/decision';
import { beforeAll, expect, it } from 'vitest';
import { modelDouble } from '../testing/model-double.ts';
import { bringIntoService } from './model-in-service.ts';
import { watchDrift } from './watch-drift.ts';

const database = withTestDatabase();
const { identity } = modelDouble();
const { digest } = identity;
const LINE = { digest, series: 'analysed' } as const;
const auditKey = openAuditKey('a secret of the tests, long enough for a key');
const random = seededRandom(5);
const near = (value: number) => value + 3 * random.normal();

let actor: UserActor;
beforeAll(async () => {
  const { db } = database();
  await bringIntoService(db, identity, false);
  const user = await createUser(db, {
    actor: SYSTEM,
    email: 'clara@example.org',
    name: 'Clara',
    role: 'clinician',
    passwordHash: 'none',
  });
  actor = { id: user.id, role: user.role };
});

const sha256 = () => createHash('sha256').update(randomUUID()).digest('hex');

interface Whose {
  modelDigest?: string;
  /** Of all of them; a patient each where it is not given. */
  pseudonym?: string;
}

/** Accepts and analyses as many cases of one field as asked, of that background. */
async function analyseCases(
  count: number,
  background: () => Background,
  { modelDigest = digest, pseudonym }: Whose = {},
): Promise<void> {
  const { db } = database();
  for (let i = 0; i < count; i++) {
    const image = { blobSha256: sha256(), width: 224, height: 224, bytes: 1 };
    const queue = { enqueueAnalysis: async () => undefined };
    const accepted = await acceptCase(db, {
      actor,
      auditKey,
      queue,
      pseudonym: pseudonym ?? `P-${randomUUID()}`,
      note: '',
      images: [image],
    });
    await storeAnalysis(db, {
      imageId: accepted.images[0]?.id ?? '',
      analysis: {
        width: 224,
        height: 224,
        assessable: true,
        reasons: [],
        stage: 'Early',
        probabilities: toStageRecord([0.02, 0.94, 0.02, 0.02]),
        cells: Math.max(0, Math.round(near(8))),
        maskFraction: 0.2,
        predictionSet: null,
        outOfDistribution: { score: 0.5, flag: false },
        scale: null,
        whiteCells: null,
        background: background(),
        versions: { modelDigest, modelName: 'double', preprocessing: 'p1', calibration: 'c1' },
      },
      maskSha256: sha256(),
      durationMs: 1,
      decide: (analysis, costs) => decide([0.02, 0.94, 0.02, 0.02], costs, analysis),
    });
  }
}

const stained = () => ({ red: near(120), green: near(80), blue: near(170) });
const pink = (): Background => ({ red: near(220), green: near(190), blue: near(205), stained: stained() });
const yellow = (): Background => ({ ...pink(), green: near(200), blue: near(153) });
const bluer = (): Background => ({ ...pink(), stained: { ...stained(), blue: near(240) } });
const watch = (of = digest) =>
  watchDrift({ db: database().db, digest: of, rules: { ...WATCH_RULES, draws: 1_999 } });
const openQuantities = async () =>
  (await listDriftAlarms(database().db, { limit: 20 })).map(({ quantity }) => quantity).sort();

it('takes the first cases as reference, stays silent over a normal window and alarms at another stain (R21)', async () => {
  const { db } = database();
  await analyseCases(DRIFT_CASES.reference - 1, pink);
  expect(await watch()).toBe(0);
  await analyseCases(1 + DRIFT_CASES.window, pink);
  expect(await watch()).toBe(2);
  expect(await watch()).toBe(0);
  expect(await countOpenAlarms(db)).toBe(0);
  const [normal] = await driftWindowsOf(db, { ...LINE, limit: 1 });
  expect(normal?.findings.map(({ quantity, state }) => [quantity, state])).toEqual([
    ['background-red', 'steady'],
    ['background-blue', 'steady'],
    ['background-brightness', 'steady'],
    ['stain-red', 'steady'],
    ['stain-blue', 'steady'],
    ['stain-spread', 'steady'],
    ['cells', 'steady'],
    ['out-of-distribution', 'steady'],
    ['stage', 'steady'],
    ['confidence', 'steady'],
    ['deferred', 'steady'],
  ]);

  await analyseCases(DRIFT_CASES.window, yellow);
  const judged = await Promise.all([watch(), watch()]);
  expect(Math.max(...judged)).toBe(1);
  expect(await openQuantities()).toEqual(['background-blue', 'background-red']);
  expect((await driftWindowsOf(db, { ...LINE, limit: 9 })).map(({ number }) => number)).toEqual([2, 1, 0]);
}, 60_000);

it('holds the images of a new champion against those of before, and its answers against nothing yet', async () => {
  const { db } = database();
  const next = modelDouble({ digest: 'e'.repeat(64) }).identity;
  await registerModel(db, { actor: SYSTEM, ...next });
  await setModelInService(db, { actor: SYSTEM, digest: next.digest, reason: 'Better.' });
  await analyseCases(DRIFT_CASES.reference, bluer, { modelDigest: next.digest });
  expect(await watch(next.digest)).toBe(1);
  const [first] = await driftWindowsOf(db, { ...LINE, digest: next.digest, limit: 1 });
  expect(first?.findings.map(({ quantity, state }) => [quantity, state])).toEqual([
    ['background-red', 'steady'],
    ['background-blue', 'steady'],
    ['background-brightness', 'steady'],
    ['stain-red', 'steady'],
    ['stain-blue', 'drifting'],
    ['stain-spread', 'steady'],
  ]);
  const [alarm] = await listDriftAlarms(db, { limit: 1 });
  expect(alarm).toMatchObject({ quantity: 'stain-blue', window: 0, model: { digest: next.digest } });

  // Twenty cases of one patient are one patient, of whom nothing can be said.
  await analyseCases(DRIFT_CASES.window, bluer, { modelDigest: next.digest, pseudonym: 'P-same' });
  expect(await watch(next.digest)).toBe(1);
  const [same] = await driftWindowsOf(db, { ...LINE, digest: next.digest, limit: 1 });
  expect(same?.findings.map(({ state, windowCases }) => [state, windowCases])).toEqual(
    same?.findings.map(() => ['too-few-cases', 1]),
  );
  expect(same?.findings).toHaveLength(11);
}, 60_000);
