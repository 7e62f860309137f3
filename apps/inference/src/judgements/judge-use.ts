import { type CostMatrix, DomainError, type Judgement, toStageRecord } from '@blastwise/contracts';
import {
  adjudicatedImages,
  findCosts,
  type JudgedField,
  type LockedTestSetRow,
  type LockedTestUseRow,
  listLockedTestSets,
  type Queryable,
} from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import {
  type Artifact,
  answersToFeatures,
  answersToImages,
  decodeImage,
  decodeLockedTest,
  type ImageAnswer,
  type LabelledImage,
  loadArtifact,
  networkDigest,
  openPredictor,
  type Provider,
  reservedForTest,
} from '@blastwise/model';
import { GATE_RULES, judgeWithReserved, pairOutcomes } from '@blastwise/model/gate';
import type { ModelSource } from '../predictions/model-source.ts';
import { fairlyReserved, knownToModel, type ReservedField } from './reserved-fields.ts';

export interface JudgeOptions {
  readonly db: Queryable;
  readonly blobs: BlobStore;
  readonly models: Pick<ModelSource, 'folderOf'>;
  readonly provider: Provider;
  readonly signal: AbortSignal;
}

type Answers = Awaited<ReturnType<typeof answersToFeatures>>;

/** What one model says of the locked fields and of the reserved cases. */
interface Answered {
  readonly locked: Answers;
  readonly reserved: readonly ImageAnswer[];
}

/** The verdict, and what it rests on. */
export interface Judged {
  readonly judgement: Judgement;
  readonly fields: readonly JudgedField[];
}

/** Drawn the same way for every judgement. */
const SEED = 1;

/**
 * Judges the challenger of a use against its champion: on the locked set, and on the cases among the settled ones that no
 * training sees. Both models answer the same fields, one after the other, without deferring.
 *
 * @throws DomainError for a set, a model or a field that cannot be used; the signal's reason where it is aborted.
 */
export async function judgeUse(use: LockedTestUseRow, options: JudgeOptions): Promise<Judged> {
  const { db, models } = options;
  const set = (await listLockedTestSets(db)).find(({ id }) => id === use.setId);
  if (!set) throw new DomainError('NOT_FOUND', 'There is no such locked test set.');
  const costs = await costsOf(db, use.costMatrixId);
  const open = async (digest: string) => loadArtifact(await models.folderOf(digest));
  const artifacts = {
    champion: await open(use.championDigest),
    challenger: await open(use.challengerDigest),
  };
  const reserved = (await adjudicatedImages(db)).filter(({ caseId }) => reservedForTest(caseId));
  const candidates = await fairlyReserved(reserved, Object.values(artifacts), options);
  const ask = (role: keyof typeof artifacts) =>
    answersOf(role, artifacts[role], { set, reserved: candidates.fields }, options);
  const answered = { champion: await ask('champion'), challenger: await ask('challenger') };

  const known = new Set([
    ...knownToModel(artifacts.champion, answered.champion.reserved),
    ...knownToModel(artifacts.challenger, answered.challenger.reserved),
  ]);
  const fair = <Row>(rows: readonly Row[]): Row[] => rows.filter((_, place) => !known.has(place));
  const sides = {
    locked: { champion: answered.champion.locked, challenger: answered.challenger.locked, images: [] },
    reserved: {
      champion: fair(answered.champion.reserved),
      challenger: fair(answered.challenger.reserved),
      images: fair(candidates.fields),
    },
  };
  const pair = ({ champion, challenger }: (typeof sides)[keyof typeof sides]) =>
    pairOutcomes(champion, challenger, costs);
  const rules = { ...GATE_RULES, budget: set.budget };
  const judgement = judgeWithReserved({ locked: pair(sides.locked), reserved: pair(sides.reserved) }, costs, {
    ...rules,
    seed: SEED,
  });
  const fields = (['locked', 'reserved'] as const).flatMap((side) => {
    const { champion, challenger, images } = sides[side];
    return answersSideBySide(side, champion, challenger, images);
  });
  const leftOut = candidates.leftOut + known.size;
  return { judgement: { ...judgement, reasons: [...judgement.reasons, ...unfair(leftOut)] }, fields };
}

const unfair = (fields: number): string[] =>
  fields === 0
    ? []
    : [
        `Of the reserved cases ${fields} ${fields === 1 ? 'field was' : 'fields were'} left out, for one of the models has learned from the same picture.`,
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

const labelled = (
  { blobSha256, stage, group }: NonNullable<LockedTestSetRow['images']>[number],
  blobs: BlobStore,
): LabelledImage => ({ stage, group, read: async () => decodeImage(await blobs.get(blobSha256)) });

async function answersOf(
  role: string,
  artifact: Artifact,
  { set, reserved }: { set: LockedTestSetRow; reserved: readonly ReservedField[] },
  { blobs, provider, signal }: JudgeOptions,
): Promise<Answered> {
  const images = set.images?.map((image) => labelled(image, blobs)) ?? [];
  const onFeatures = set.images ? null : await lockedAnswers(role, artifact, set, blobs);
  if (onFeatures && reserved.length === 0) return { locked: onFeatures, reserved: [] };
  // One thread: what serves comes first.
  const predictor = await openPredictor(artifact.dir, { provider, threads: 1 });
  try {
    return {
      locked: onFeatures ?? (await answersToImages(predictor, images, signal)),
      reserved: await answersToImages(
        predictor,
        reserved.map((field) => labelled(field, blobs)),
        signal,
      ),
    };
  } finally {
    await predictor.close();
  }
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
