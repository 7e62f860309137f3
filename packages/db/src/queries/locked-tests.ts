import { DomainError, LOCKED_TEST_BUDGET, type LockedTestImage } from '@blastwise/contracts';
import { aliasedTable, and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { type Actor, SYSTEM, type UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { lockAlone } from '../locks.ts';
import { found, oneRow } from '../row-of.ts';
import type { LockedTestSetRow, LockedTestUseRow } from '../rows.ts';
import { lockedTestOutcomes, lockedTestSets, lockedTestUses, users } from '../schema/index.ts';
import { activeCosts } from './cost-matrices.ts';
import { examColumns } from './locked-test-exams.ts';
import { refuseOverlap, requireBudget } from './locked-test-terms.ts';
import { findModel, modelInService } from './models.ts';
import { gateMargin } from './settings.ts';

const selectSets = (db: Queryable) =>
  db
    .select({
      id: lockedTestSets.id,
      name: lockedTestSets.name,
      origin: lockedTestSets.origin,
      contentSha256: lockedTestSets.contentSha256,
      networkSha256: lockedTestSets.networkSha256,
      images: lockedTestSets.images,
      fields: lockedTestSets.fields,
      groups: lockedTestSets.groups,
      createdAt: lockedTestSets.createdAt,
      ...examColumns,
    })
    .from(lockedTestSets)
    .orderBy(asc(lockedTestSets.createdAt), asc(lockedTestSets.id));

export interface NewLockedTestSet {
  readonly actor: Actor;
  readonly name: string;
  readonly origin: string;
  readonly contentSha256: string;
  readonly networkSha256: string | null;
  readonly images: readonly LockedTestImage[] | null;
  readonly fields: number;
  readonly groups: number;
  readonly budget?: number;
}

/**
 * Opens a locked test set; the same content again changes nothing. Its blobs must be stored before. BAD_INPUT for a budget out of
 * range, CONFLICT where another set holds one of the images.
 */
export async function openLockedTestSet(
  db: Queryable,
  { actor, images, budget = LOCKED_TEST_BUDGET, ...set }: NewLockedTestSet,
): Promise<LockedTestSetRow> {
  requireBudget(budget);
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const sets = await selectSets(tx);
    const known = sets.find(({ contentSha256 }) => contentSha256 === set.contentSha256);
    if (known) return known;
    if (images) refuseOverlap(sets, images);
    const made = oneRow(
      await tx
        .insert(lockedTestSets)
        .values({ ...set, images: images && [...images], budget, createdBy: actor.id })
        .returning({ id: lockedTestSets.id }),
    );
    const event = {
      actor,
      action: 'locked-test.open',
      subjectKind: 'locked-test',
      subjectId: made.id,
    } as const;
    await appendAudit(tx, { ...event, fields: ['name', 'origin', 'content', 'budget'] });
    await notifyLive(tx, { kind: 'models' });
    return oneRow(await selectSets(tx).where(eq(lockedTestSets.id, made.id)));
  });
}

/** Features that lie in a model's artifact. */
export interface OwnTest extends Pick<LockedTestSetRow, 'contentSha256' | 'fields' | 'groups'> {
  readonly networkSha256: string;
  readonly bytes: Uint8Array;
}

/** Opens the locked test that a model brings with it; once. */
export async function openOwnTest(
  db: Queryable,
  blobs: Pick<BlobStore, 'put'>,
  model: { digest: string; name: string },
  { bytes, ...set }: OwnTest,
): Promise<LockedTestSetRow> {
  await blobs.put(bytes);
  return openLockedTestSet(db, {
    ...set,
    actor: SYSTEM,
    name: `Test side of ${model.name} ${model.digest.slice(0, 12)}`,
    origin:
      'The test side of the data that the model was trained from, as its network sees it; came with the model.',
    images: null,
  });
}

/** The blob of a set's image by its place in the set, from 0; null without such an image. */
export async function lockedTestImage(
  db: Queryable,
  { setId, place }: { setId: string; place: number },
): Promise<string | null> {
  const [row] = await db
    .select({ blob: sql<string | null>`${lockedTestSets.images} -> ${place}::int ->> 'blobSha256'` })
    .from(lockedTestSets)
    .where(eq(lockedTestSets.id, setId));
  return row?.blob ?? null;
}

/** An image of a locked test set by its files' hashes: as it is stored, and as it was given. */
export interface LockedTestFile extends Omit<LockedTestImage, 'blobSha256'> {
  readonly name: string;
  readonly sha256: string;
}

/** The images of every locked test set of images. */
export async function lockedTestFiles(db: Queryable): Promise<LockedTestFile[]> {
  const sets = await selectSets(db);
  return sets.flatMap(({ name, images }) =>
    (images ?? []).map(({ blobSha256: sha256, ...image }) => ({
      ...image,
      name: `${name}, image ${sha256.slice(0, 12)}`,
      sha256,
    })),
  );
}

/** In the order in which they were opened. */
export async function listLockedTestSets(db: Queryable): Promise<LockedTestSetRow[]> {
  return selectSets(db);
}

const marginSetter = aliasedTable(users, 'margin_setter');

const selectUses = (db: Queryable) =>
  db
    .select({
      id: lockedTestUses.id,
      setId: lockedTestUses.setId,
      setName: lockedTestSets.name,
      championDigest: lockedTestUses.championDigest,
      challengerDigest: lockedTestUses.challengerDigest,
      costMatrixId: lockedTestUses.costMatrixId,
      margin: lockedTestUses.margin,
      marginSetBy: { id: marginSetter.id, name: marginSetter.name },
      requestedBy: { id: users.id, name: users.name },
      createdAt: lockedTestUses.createdAt,
      verdict: lockedTestOutcomes.verdict,
      judgement: lockedTestOutcomes.judgement,
      failure: lockedTestOutcomes.failure,
      endedAt: lockedTestOutcomes.endedAt,
    })
    .from(lockedTestUses)
    .innerJoin(lockedTestSets, eq(lockedTestSets.id, lockedTestUses.setId))
    .innerJoin(users, eq(users.id, lockedTestUses.requestedBy))
    .leftJoin(marginSetter, eq(marginSetter.id, lockedTestUses.marginSetBy))
    .leftJoin(lockedTestOutcomes, eq(lockedTestOutcomes.useId, lockedTestUses.id));

/** The ledger, newest first. */
export async function listLockedTestUses(db: Queryable): Promise<LockedTestUseRow[]> {
  return selectUses(db).orderBy(desc(lockedTestUses.createdAt), desc(lockedTestUses.id));
}

/** The oldest use without an outcome, or null. */
export async function waitingJudgement(db: Queryable): Promise<LockedTestUseRow | null> {
  const [row] = await selectUses(db)
    .where(isNull(lockedTestOutcomes.useId))
    .orderBy(asc(lockedTestUses.createdAt), asc(lockedTestUses.id))
    .limit(1);
  return row ?? null;
}

async function requireNotWaiting(tx: Queryable, digest: string): Promise<void> {
  const [waiting] = await tx
    .select({ id: lockedTestUses.id })
    .from(lockedTestUses)
    .leftJoin(lockedTestOutcomes, eq(lockedTestOutcomes.useId, lockedTestUses.id))
    .where(and(eq(lockedTestUses.challengerDigest, digest), isNull(lockedTestOutcomes.useId)))
    .limit(1);
  if (waiting) throw new DomainError('CONFLICT', 'This model is being judged already; wait for the verdict.');
}

/**
 * Asks for a judgement of a model against the one in service: one use of the set (R7). CONFLICT where the budget is spent,
 * the model serves, or it is being judged already.
 */
export async function requestJudgement(
  db: Queryable,
  { actor, setId, digest }: { actor: UserActor; setId: string; digest: string },
): Promise<LockedTestUseRow> {
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const [set] = await selectSets(tx).where(eq(lockedTestSets.id, setId));
    const { budget, used: uses } = found(set, 'locked test set');
    const model = await findModel(tx, digest);
    const serving = await modelInService(tx);
    if (!serving)
      throw new DomainError(
        'CONFLICT',
        'No model is in service, so there is no champion to be judged against.',
      );
    if (model.state === 'champion') throw new DomainError('CONFLICT', 'This model is the champion already.');
    await requireNotWaiting(tx, digest);
    if (uses >= budget)
      throw new DomainError(
        'CONFLICT',
        `The budget of ${budget} uses of this locked test set is spent, so the gate is closed; open another set.`,
      );
    const { margin, setBy: marginSetBy } = await gateMargin(tx);
    const { id } = oneRow(
      await tx
        .insert(lockedTestUses)
        .values({
          setId,
          championDigest: serving.digest,
          challengerDigest: digest,
          costMatrixId: (await activeCosts(tx)).id,
          margin,
          marginSetBy,
          requestedBy: actor.id,
        })
        .returning({ id: lockedTestUses.id }),
    );
    const event = { actor, action: 'model.judge', subjectKind: 'model', subjectId: digest } as const;
    await appendAudit(tx, { ...event, fields: ['lockedTestUse'] });
    await notifyLive(tx, { kind: 'models' });
    return oneRow(await selectUses(tx).where(eq(lockedTestUses.id, id)));
  });
}
