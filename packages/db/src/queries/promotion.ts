import { DomainError } from '@blastwise/contracts';
import type { UserActor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import { lockAlone } from '../locks.ts';
import type { ModelRow } from '../rows.ts';
import { areTwoPeople } from './circles.ts';
import { deploy } from './deploy.ts';
import { promotionHindrances } from './hindrances.ts';
import { findModel } from './models.ts';

interface Step {
  readonly actor: UserActor;
  readonly digest: string;
  readonly reason: string;
}

const refuse = (code: 'CONFLICT' | 'FORBIDDEN', why: string): never => {
  throw new DomainError(code, why);
};

/** R11: neither who started or resumed a training of the model nor who registered it. */
async function requireSecondPerson(tx: Queryable, model: ModelRow, actor: UserActor): Promise<void> {
  for (const first of [...model.trainers, ...(model.registeredBy ? [model.registeredBy] : [])]) {
    if (first.id === actor.id)
      refuse(
        'FORBIDDEN',
        'Who registered a model, or started or resumed a training of it, does not promote it; ask another admin.',
      );
    if (!(await areTwoPeople(tx, first.id, actor.id)))
      refuse(
        'FORBIDDEN',
        `Your account and that of ${first.name} have shared a password; ask an admin whose account was made at the server.`,
      );
  }
}

/**
 * A challenger becomes champion, in effect with this transaction. CONFLICT without a verdict that lets it pass and still
 * holds; FORBIDDEN for who registered it, started or resumed a training of it, and their circles (R11).
 */
export async function promoteModel(db: Queryable, { actor, digest, reason }: Step): Promise<ModelRow> {
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const model = await findModel(tx, digest);
    if (model.state === 'champion') refuse('CONFLICT', 'This model is the champion already.');
    const hindrance = (await promotionHindrances(tx))(digest);
    if (hindrance !== null) refuse('CONFLICT', hindrance);
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
