import { DomainError } from '@blastwise/contracts';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import { lockAlone } from '../locks.ts';
import type { ModelRow } from '../rows.ts';
import { lockedTestOutcomes, lockedTestUses } from '../schema/index.ts';
import { areTwoPeople } from './circles.ts';
import { activeCosts } from './cost-matrices.ts';
import { deploy } from './deploy.ts';
import { digestInService, findModel } from './models.ts';

interface Step {
  readonly actor: UserActor;
  readonly digest: string;
  readonly reason: string;
}

const refuse = (code: 'CONFLICT' | 'FORBIDDEN', why: string): never => {
  throw new DomainError(code, why);
};

/** The latest verdict on the challenger must be for it, against the champion of now and under the costs of now. */
async function requireVerdict(tx: Queryable, challenger: string): Promise<void> {
  const [latest] = await tx
    .select({
      verdict: lockedTestOutcomes.verdict,
      champion: lockedTestUses.championDigest,
      costMatrixId: lockedTestUses.costMatrixId,
    })
    .from(lockedTestUses)
    .innerJoin(lockedTestOutcomes, eq(lockedTestOutcomes.useId, lockedTestUses.id))
    .where(and(eq(lockedTestUses.challengerDigest, challenger), isNotNull(lockedTestOutcomes.verdict)))
    .orderBy(desc(lockedTestUses.createdAt), desc(lockedTestUses.id))
    .limit(1);
  if (!latest) return refuse('CONFLICT', 'This model has not been judged yet; judge it first.');
  if (latest.verdict !== 'promote')
    return refuse('CONFLICT', 'The gate did not let this model pass; the champion stays.');
  if (latest.champion !== (await digestInService(tx)))
    return refuse('CONFLICT', 'Another model has become champion since the verdict; judge it again.');
  if (latest.costMatrixId !== (await activeCosts(tx)).id)
    return refuse('CONFLICT', 'Another cost matrix is in force since the verdict; judge it again.');
}

/** R11: neither who started the training nor who registered the model. */
async function requireSecondPerson(tx: Queryable, model: ModelRow, actor: UserActor): Promise<void> {
  for (const first of [model.trainedBy, model.registeredBy]) {
    if (!first) continue;
    if (first.id === actor.id)
      refuse('FORBIDDEN', 'Who trained or registered a model does not promote it; ask another admin.');
    if (!(await areTwoPeople(tx, first.id, actor.id)))
      refuse(
        'FORBIDDEN',
        `Your account and that of ${first.name} have shared a password; ask an admin whose account was made at the server.`,
      );
  }
}

/**
 * A challenger becomes champion, in effect with this transaction. CONFLICT without a verdict that lets it pass and still
 * holds; FORBIDDEN for who trained or registered it and their circles (R11).
 */
export async function promoteModel(db: Queryable, { actor, digest, reason }: Step): Promise<ModelRow> {
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const model = await findModel(tx, digest);
    if (model.state === 'champion') refuse('CONFLICT', 'This model is the champion already.');
    await requireVerdict(tx, digest);
    await requireSecondPerson(tx, model, actor);
    await deploy(tx, { actor, digest, reason, action: 'model.promote' });
    return findModel(tx, digest);
  });
}

/** An earlier champion serves again, in effect with this transaction (R9); one person is enough. */
export async function rollBackModel(db: Queryable, { actor, digest, reason }: Step): Promise<ModelRow> {
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const { state } = await findModel(tx, digest);
    if (state !== 'retired')
      refuse(
        'CONFLICT',
        state === 'champion'
          ? 'This model is the champion already.'
          : 'This model has never served; only an earlier champion can be rolled back to.',
      );
    await deploy(tx, { actor, digest, reason, action: 'model.roll-back' });
    return findModel(tx, digest);
  });
}
