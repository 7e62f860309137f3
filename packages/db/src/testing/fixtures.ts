import { createHash, randomUUID } from 'node:crypto';
import {
  type Analysis,
  type Comparison,
  type CostMatrix,
  type Judgement,
  type MaturityStage,
  type Role,
  STUDY_COSTS,
  toStageVector,
  type Verdict,
} from '@blastwise/contracts';
import type { UserActor } from '../actor.ts';
import { SYSTEM } from '../actor.ts';
import { openAuditKey } from '../audit/index.ts';
import type { Queryable } from '../client.ts';
import type { AnalysisQueue } from '../jobs/index.ts';
import {
  type Adjudicate,
  acceptCase,
  createUser,
  type Decide,
  judgeNext,
  recordCorrection,
  registerModel,
  requestJudgement,
  setModelInService,
} from '../queries/index.ts';

export const AUDIT_KEY = openAuditKey('a key for tests, long enough to be one');

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const MODEL = digestOf('model one');

/** Enqueues nowhere and remembers. */
export function fakeQueue(): Pick<AnalysisQueue, 'enqueueAnalysis' | 'enqueueTraining'> & {
  readonly sent: string[];
} {
  const sent: string[] = [];
  const send = async (_: Queryable, id: string): Promise<void> => void sent.push(id);
  return { sent, enqueueAnalysis: send, enqueueTraining: send };
}

export async function someone(db: Queryable, role: Role): Promise<UserActor> {
  const email = `${randomUUID()}@example.org`;
  const user = await createUser(db, { actor: SYSTEM, email, name: `A ${role}`, role, passwordHash: 'none' });
  return { id: user.id, role };
}

export async function someModel(db: Queryable, digest = MODEL): Promise<void> {
  await registerModel(db, {
    actor: SYSTEM,
    digest,
    name: 'starter',
    card: '# Card',
    manifest: { layers: 3 },
    reason: 'For tests.',
  });
  await setModelInService(db, { actor: SYSTEM, digest, reason: 'For tests.' });
}

/** A locked test set of features, for `openLockedTestSet`. */
export const someSet = {
  name: 'Test side',
  origin: 'Made for tests.',
  contentSha256: digestOf('features'),
  networkSha256: digestOf('network'),
  images: null,
  fields: 40,
  groups: 10,
} as const;

export function someJudgement(verdict: Verdict): Judgement {
  const promote = verdict === 'promote';
  const malignant = { champion: 0, challenger: 0, upper: 0.005, margin: 0.01 };
  const comparison: Comparison = {
    ...{ verdict, promote, reasons: ['For tests.'], fields: 40, groups: 10, discordantGroups: 8 },
    costDifference: { mean: -1, lower: -2, upper: -0.5, p: 0.001 },
    malignantToBenign: { ...malignant, fields: 30, groups: 8, onlyChampion: 0, onlyChallenger: 0 },
    ...{ level: 0.0025, smallestP: 0.001, smallestDetectable: 0.5, budget: 20 },
  };
  const { reasons } = comparison;
  return { verdict, promote, reasons, decidedOn: 'locked', locked: comparison, reserved: null, guard: null };
}

/** Judges a model against the one in service. */
export async function someVerdict(
  db: Queryable,
  { verdict = 'promote', ...use }: { actor: UserActor; setId: string; digest: string; verdict?: Verdict },
): Promise<void> {
  await requestJudgement(db, use);
  await judgeNext(db, async () => ({ judgement: someJudgement(verdict), fields: [] }));
}

/** A case with `count` fields, of a patient of its own; `text` makes their digests. */
export async function someCase(
  db: Queryable,
  options: { actor: UserActor; count?: number; text?: string; pseudonym?: string },
): Promise<{ caseId: string; imageIds: string[] }> {
  const text = options.text ?? randomUUID();
  const images = Array.from({ length: options.count ?? 1 }, (_, i) => ({
    blobSha256: digestOf(`${text} ${i}`),
    width: 224,
    height: 224,
    bytes: 1000,
  }));
  const accepted = await acceptCase(db, {
    actor: options.actor,
    auditKey: AUDIT_KEY,
    queue: fakeQueue(),
    pseudonym: options.pseudonym ?? `P-${randomUUID()}`,
    note: '',
    images,
  });
  return { caseId: accepted.caseId, imageIds: accepted.images.map((image) => image.id) };
}

/** What a reader says of a field whose answer nobody saw, by morphology; of a senior it settles the field. */
export const someReading = (
  db: Queryable,
  { actor, imageId, stage }: { actor: UserActor; imageId: string; stage: MaturityStage | null },
) =>
  recordCorrection(db, {
    ...{ actor, auditKey: AUDIT_KEY, adjudicate: adjudicateForTests, imageId, seen: null },
    correction: { stage, certainty: 'sure', confirmedBy: 'morphology', severity: 'none', comment: '' },
  });

/** Torn between Benign and Early: the study's costs say Benign, dearer misses say Early. */
export function someAnalysis(change: Partial<Analysis> = {}): Analysis {
  return {
    width: 224,
    height: 224,
    assessable: true,
    reasons: [],
    stage: 'Benign',
    probabilities: { Benign: 0.75, Early: 0.25, Pre: 0, Pro: 0 },
    cells: 5,
    maskFraction: 0.2,
    predictionSet: null,
    outOfDistribution: null,
    scale: null,
    whiteCells: null,
    background: null,
    versions: { modelDigest: MODEL, modelName: 'starter', preprocessing: 'field-224-v2', calibration: 'c1' },
    ...change,
  };
}

/** Misses cost four times the study's. */
export const DEARER_MISSES: CostMatrix = {
  ...STUDY_COSTS,
  matrix: [STUDY_COSTS.matrix[0], [40, 0, 15, 25], [80, 15, 0, 10], [120, 25, 10, 0]],
};

/** Bayes minimum risk written out again, apart from the product's. */
export const decideForTests: Decide = (analysis, costs) => {
  const p = toStageVector(analysis.probabilities);
  const cost = (predicted: 0 | 1 | 2 | 3) =>
    p.reduce((sum, x, actual) => sum + x * (costs.matrix[actual]?.[predicted] ?? 0), 0);
  const expectedCosts = { Benign: cost(0), Early: cost(1), Pre: cost(2), Pro: cost(3) };
  const [stage] = costs.stages.toSorted((a, b) => expectedCosts[a] - expectedCosts[b]);
  const defer = Math.min(...Object.values(expectedCosts)) > costs.referralCost;
  return {
    stage: stage ?? null,
    expectedCosts,
    defer,
    reasons: defer ? ['expected-cost-above-referral'] : [],
  };
};

/** Who is heard, written out again, apart from the product's. */
export const adjudicateForTests: Adjudicate = (readings, { seniorDecides }) => {
  const senior = readings.findLast(({ readerRole }) => readerRole === 'senior');
  if (senior) return { status: 'adjudicated', stage: senior.stage, by: 'senior' };
  const sure = readings.filter(({ confirmedBy }) => ['flow-cytometry', 'genetics'].includes(confirmedBy));
  const [heard, ...others] = new Set((sure.length > 0 ? sure : readings).map(({ stage }) => stage));
  if (heard === undefined) return { status: 'open' };
  if (others.length > 0) return { status: 'disputed', why: 'disagreement' };
  if (readings.some(({ severity }) => seniorDecides.includes(severity)))
    return { status: 'disputed', why: 'severity' };
  if (sure.length > 0) return { status: 'adjudicated', stage: heard, by: 'confirmation' };
  return readings.length > 1 ? { status: 'adjudicated', stage: heard, by: 'agreement' } : { status: 'open' };
};
