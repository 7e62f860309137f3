import { DomainError, GATE_MARGIN } from '@blastwise/contracts';
import type { UserActor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import { lockAlone } from '../locks.ts';
import type { ModelRow } from '../rows.ts';
import { areTwoPeople } from './circles.ts';
import { deploy } from './deploy.ts';
import { latestVerdict, promotionHindrances } from './hindrances.ts';
import { listLockedTestUses } from './locked-tests.ts';
import { findModel } from './models.ts';

interface Step {
  readonly actor: UserActor;
  readonly digest: string;
  readonly reason: string;
}

const refuse = (code: 'CONFLICT' | 'FORBIDDEN', why: string): never => {
  throw new DomainError(code, why);
};

const makersOf = ({ trainers, registeredBy }: ModelRow) => [
  ...trainers,
  ...(registeredBy ? [registeredBy] : []),
];

/**
 * Where the verdict rests on a margin wider than the one that the product comes with, who set it is a third person: neither a
 * maker of the model, who would have eased its test, nor the one who promotes it.
 */
async function requireThirdPerson(tx: Queryable, model: ModelRow, actor: UserActor): Promise<void> {
  const { margin, marginSetBy } = latestVerdict(await listLockedTestUses(tx), model.digest) ?? {};
  if (!marginSetBy || margin === undefined || margin <= GATE_MARGIN) return;
  for (const maker of makersOf(model))
    if (!(await areTwoPeople(tx, marginSetBy.id, maker.id)))
      refuse(
        'FORBIDDEN',
        `The margin of the verdict was widened by ${marginSetBy.name}, who made this model or shares a password with who did: have another admin set the margin, and judge the model again.`,
      );
  if (!(await areTwoPeople(tx, marginSetBy.id, actor.id)))
    refuse(
      'FORBIDDEN',
      `The margin of the verdict was widened by ${marginSetBy.name}, and who widens it does not promote by it; ask another admin.`,
    );
}

/** Of a model made at the server, whose maker the portal does not know: not who had it judged, so that two people see it. */
async function requireAnotherThanTheJudge(tx: Queryable, model: ModelRow, actor: UserActor): Promise<void> {
  const judge = latestVerdict(await listLockedTestUses(tx), model.digest)?.requestedBy;
  if (judge && !(await areTwoPeople(tx, judge.id, actor.id)))
    refuse(
      'FORBIDDEN',
      `This model was made at the server, by whom is not known here; ${judge.name} had it judged, so another admin promotes it.`,
    );
}

/** R11: neither who started or resumed a training of the model nor who registered it. */
async function requireSecondPerson(tx: Queryable, model: ModelRow, actor: UserActor): Promise<void> {
  const makers = makersOf(model);
  if (makers.length === 0) return requireAnotherThanTheJudge(tx, model, actor);
  for (const first of makers) {
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
 * holds; FORBIDDEN for who registered it, started or resumed a training of it, and their circles (R11), and where one of them
 * or who promotes widened the margin that it rests on; for who had a model of unknown maker judged, likewise.
 */
export async function promoteModel(db: Queryable, { actor, digest, reason }: Step): Promise<ModelRow> {
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const model = await findModel(tx, digest);
    if (model.state === 'champion') refuse('CONFLICT', 'This model is the champion already.');
    const hindrance = (await promotionHindrances(tx))(digest);
    if (hindrance !== null) refuse('CONFLICT', hindrance);
    await requireSecondPerson(tx, model, actor);
    await requireThirdPerson(tx, model, actor);
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
