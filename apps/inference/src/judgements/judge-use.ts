import {
  type CostMatrix,
  DomainError,
  type Judgement,
  LOCKED_TEST_BUDGET,
  toStageRecord,
} from '@blastwise/contracts';
import {
  findCosts,
  type JudgedField,
  type LockedTestSetRow,
  type LockedTestUseRow,
  listLockedTestSets,
  type Queryable,
  receivedFields,
  reservedUses,
} from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import {
  type Artifact,
  answersToFeatures,
  decodeLockedTest,
  type ImageAnswer,
  loadArtifact,
  networkDigest,
  type Provider,
} from '@blastwise/model';
import { GATE_RULES, guarded, judgeWithReserved, pairOutcomes } from '@blastwise/model/gate';
import type { ModelSource } from '../models/model-source.ts';
import { evenlySettled } from './evenly-settled.ts';
import { withReader } from './read-images.ts';
import { fairlyReserved, knownToModel, type ReservedField } from './reserved-fields.ts';
import { reservedPatients } from './reserved-patients.ts';

export interface JudgeOptions {
  readonly db: Queryable;
  readonly blobs: BlobStore;
  readonly blobDir: string;
  readonly models: Pick<ModelSource, 'folderOf'>;
  readonly provider: Provider;
  readonly signal: AbortSignal;
}

type Answers = Awaited<ReturnType<typeof answersToFeatures>>;

/** What one model says of the locked fields and of the reserved cases; and of the guarding set's, where there is one. */
interface Answered {
  readonly locked: Answers;
  readonly reserved: readonly ImageAnswer[];
  readonly guard: Answers;
}

/** What two models are asked. */
interface Asked {
  readonly set: LockedTestSetRow;
  readonly reserved: readonly ReservedField[];
  readonly guard: LockedTestSetRow | null;
}

/** The verdict, and what it rests on. */
export interface Judged {
  readonly judgement: Judgement;
  readonly fields: readonly JudgedField[];
}

/** Drawn the same way for every judgement. */
const SEED = 1;

/**
 * Judges the challenger of a use against its champion: on the locked set, and on the patients among the settled ones that no
 * training sees; where another set was opened before that can judge both, it guards (see `guarded`). Both models answer
 * the same fields, one after the other, without deferring.
 *
 * @throws DomainError for a set, a model or a field that cannot be used; the signal's reason where it is aborted.
 */
export async function judgeUse(use: LockedTestUseRow, options: JudgeOptions): Promise<Judged> {
  const { db, models } = options;
  const sets = await listLockedTestSets(db);
  const set = sets.find(({ id }) => id === use.setId);
  if (!set) throw new DomainError('NOT_FOUND', 'There is no such locked test set.');
  if (set.used > set.budget)
    throw new DomainError(
      'CONFLICT',
      'The budget of this locked test set is spent, counted together with the sets that show the same fields; open another set.',
    );
  const costs = await costsOf(db, use.costMatrixId);
  const champion = await loadArtifact(await models.folderOf(use.championDigest));
  const challenger = await loadArtifact(await models.folderOf(use.challengerDigest));
  const first = sets.find((each) => canJudge(each, [champion, challenger]));
  const guard = first && first.id !== set.id ? first : null;
  const patients = await reservedPatients(db, [champion, challenger]);
  const even = evenlySettled(patients.fields, await receivedFields(db));
  const reserved = await fairlyReserved(even, [champion, challenger], {
    ...options,
    uses: await reservedUses(db),
  });
  const asked = { set, reserved: reserved.fields, guard };
  const ofChampion = await answersOf('champion', champion, asked, options);
  const ofChallenger = await answersOf('challenger', challenger, asked, options);

  const known = new Set([
    ...knownToModel(champion, ofChampion.reserved),
    ...knownToModel(challenger, ofChallenger.reserved),
  ]);
  const fair = <Row>(rows: readonly Row[]): Row[] => rows.filter((_, place) => !known.has(place));
  const sides = {
    locked: { own: ofChampion.locked, other: ofChallenger.locked, images: [] },
    reserved: {
      own: fair(ofChampion.reserved),
      other: fair(ofChallenger.reserved),
      images: fair(reserved.fields),
    },
    guard: { own: ofChampion.guard, other: ofChallenger.guard, images: [] },
  };
  const pair = (side: keyof typeof sides) => pairOutcomes(sides[side].own, sides[side].other, costs);
  const { margin } = use;
  const rulesOf = ({ budget }: LockedTestSetRow) => ({ ...GATE_RULES, margin, budget, seed: SEED });
  const unguarded = judgeWithReserved({ locked: pair('locked'), reserved: pair('reserved') }, costs, {
    ...rulesOf(set),
    reservedBudget: LOCKED_TEST_BUDGET,
  });
  const judgement = guard
    ? guarded(
        unguarded,
        { setId: guard.id, setName: guard.name, outcomes: pair('guard') },
        costs,
        rulesOf(guard),
      )
    : { ...unguarded, guard };
  const fields = (['locked', 'reserved'] as const).flatMap((side) => {
    const { own, other, images } = sides[side];
    return answersSideBySide(side, own, other, images);
  });
  const reasons = [
    ...judgement.reasons,
    ...unevenOf(patients.fields.length - even.length, patients.fields.length),
    ...seenOf(patients.leftOut),
    ...leftOutOf(reserved.leftOut + known.size),
    ...usedUpOf(reserved.usedUp),
  ];
  return { judgement: { ...judgement, reasons }, fields };
}

const unevenOf = (fields: number, of: number): string[] =>
  fields === 0
    ? []
    : [
        `Of ${of} reserved fields ${fields} ${fields === 1 ? 'was' : 'were'} left out by lot: where readers took the answer for wrong, fields are settled more often than where nobody objected, which would make the model that gave the answers look worse than it is. Fields where nobody objected, settled by a second reader, let more of them count.`,
      ];

const seenOf = (fields: number): string[] =>
  fields === 0
    ? []
    : [
        `Of the reserved cases ${fields} ${fields === 1 ? 'field was' : 'fields were'} left out, for one of the models has learned from another field of the patient.`,
      ];

const leftOutOf = (fields: number): string[] =>
  fields === 0
    ? []
    : [
        `Of the reserved cases ${fields} ${fields === 1 ? 'field was' : 'fields were'} left out, for one of the models has learned from the same picture.`,
      ];

const usedUpOf = (patients: number): string[] =>
  patients === 0
    ? []
    : [
        `${patients} reserved ${patients === 1 ? 'patient was' : 'patients were'} left out, used up by ${LOCKED_TEST_BUDGET} judgements; patients whose fields are settled from now on take their place.`,
      ];

const answerOf = ({ probabilities, assessable }: Answers[number]): JudgedField['champion'] => ({
  probabilities: toStageRecord(probabilities),
  assessable,
});

function answersSideBySide(
  side: JudgedField['side'],
  champion: Answers,
  challenger: Answers,
  images: readonly { readonly imageId: string }[],
): JudgedField[] {
  return champion.flatMap((own, place) => {
    const other = challenger[place];
    if (!other) return [];
    const { group, actual } = own;
    const imageId = images[place]?.imageId ?? null;
    return [{ side, place, imageId, group, actual, champion: answerOf(own), challenger: answerOf(other) }];
  });
}

async function costsOf(db: Queryable, id: string): Promise<CostMatrix> {
  const version = await findCosts(db, id);
  if (!version) throw new DomainError('NOT_FOUND', 'There is no such cost matrix.');
  return version.costs;
}

/** A set of images judges any model; one of features those whose network sees them. */
const canJudge = ({ images, networkSha256 }: LockedTestSetRow, pair: readonly Artifact[]): boolean =>
  images !== null || pair.every((artifact) => networkDigest(artifact) === networkSha256);

async function answersOf(
  role: string,
  artifact: Artifact,
  { set, reserved, guard }: Asked,
  { blobs, blobDir, provider, signal }: JudgeOptions,
): Promise<Answered> {
  const onFeatures = async (locked: LockedTestSetRow | null) =>
    locked?.images === null ? lockedAnswers(role, artifact, locked, blobs) : null;
  const [ofSet, ofGuard] = [await onFeatures(set), await onFeatures(guard)];
  const images = (locked: LockedTestSetRow | null) => locked?.images ?? [];
  const toSee = [images(set), reserved, images(guard)];
  if (ofSet && toSee.every(({ length }) => length === 0))
    return { locked: ofSet, reserved: [], guard: ofGuard ?? [] };
  return withReader({ folder: artifact.dir, provider, blobDir }, signal, async (read) => ({
    locked: ofSet ?? (await read(images(set))),
    reserved: await read(reserved),
    guard: ofGuard ?? (await read(images(guard))),
  }));
}

async function lockedAnswers(
  role: string,
  artifact: Artifact,
  { name, networkSha256, contentSha256 }: LockedTestSetRow,
  blobs: BlobStore,
): Promise<Answers> {
  if (networkDigest(artifact) !== networkSha256)
    throw new DomainError(
      'CONFLICT',
      `The locked test set ${name} holds what another network than the ${role}'s sees in its fields; judge on a set of images.`,
    );
  return answersToFeatures(artifact, decodeLockedTest(await blobs.get(contentSha256)));
}
