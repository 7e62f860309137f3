import { randomUUID } from 'node:crypto';
import type { Judgement } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import type { LockedTestUseRow } from '../rows.ts';
import { lockedTestOutcomes } from '../schema/index.ts';
import { type JudgedField, keepJudgedFields } from './judged-fields.ts';
import { deathsOver, tryJudgement } from './judgement-tries.ts';
import { waitingJudgement } from './locked-tests.ts';

/** A verdict with its figures and both models' answers, or one sentence that says why there can be none. */
export type JudgementOutcome =
  | { readonly judgement: Judgement; readonly fields: readonly JudgedField[] }
  | { readonly failure: string };

/** A judgement that has killed so many processes is given up. */
export const JUDGEMENT_DEATHS = 3;

const GIVEN_UP = `The inference service died ${JUDGEMENT_DEATHS} times while it judged these two models, so the judgement was given up; its log and the memory of its machine may say why. Ask again once that is mended.`;

/**
 * Works on the oldest judgement that waits, one at a time over all processes: the lock goes with the transaction, so
 * one that dies leaves the judgement to the next. What `judge` throws ends nothing: it is tried again later. One over
 * which several processes died is given up. `worker` is one for each process. Returns whether there was one to work on.
 */
export async function judgeNext(
  db: Queryable,
  judge: (use: LockedTestUseRow) => Promise<JudgementOutcome>,
  worker: string = randomUUID(),
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ alone: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended('blastwise judgement', 0)) as alone`,
    );
    if (rows[0]?.alone !== true) return false;
    const use = await waitingJudgement(tx);
    if (!use) return false;
    const own = { useId: use.id, worker };
    const outcome: JudgementOutcome =
      (await deathsOver(tx, own)) < JUDGEMENT_DEATHS
        ? await tryJudgement(db, own, () => judge(use))
        : { failure: GIVEN_UP };
    const values =
      'judgement' in outcome
        ? { verdict: outcome.judgement.verdict, judgement: outcome.judgement }
        : { failure: outcome.failure };
    await tx.insert(lockedTestOutcomes).values({ useId: use.id, ...values });
    if ('fields' in outcome) await keepJudgedFields(tx, use.id, outcome.fields);
    const event = { actor: SYSTEM, action: 'model.verdict', subjectKind: 'model' } as const;
    await appendAudit(tx, { ...event, subjectId: use.challengerDigest, fields: Object.keys(values) });
    await notifyLive(tx, { kind: 'models' });
    return true;
  });
}
