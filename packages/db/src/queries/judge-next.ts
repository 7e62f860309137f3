import type { Judgement } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import type { LockedTestUseRow } from '../rows.ts';
import { lockedTestOutcomes } from '../schema/index.ts';
import { waitingJudgement } from './locked-tests.ts';

/** A verdict with its figures, or one sentence that says why there can be none. */
export type JudgementOutcome = { readonly judgement: Judgement } | { readonly failure: string };

/**
 * Works on the oldest judgement that waits, one at a time over all processes: the lock goes with the transaction, so
 * one that dies leaves the judgement to the next. What `judge` throws ends nothing: it is tried again later. Returns
 * whether there was one to work on.
 */
export async function judgeNext(
  db: Queryable,
  judge: (use: LockedTestUseRow) => Promise<JudgementOutcome>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ alone: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended('blastwise judgement', 0)) as alone`,
    );
    if (rows[0]?.alone !== true) return false;
    const use = await waitingJudgement(tx);
    if (!use) return false;
    const outcome = await judge(use);
    const values =
      'judgement' in outcome
        ? { verdict: outcome.judgement.verdict, judgement: outcome.judgement }
        : { failure: outcome.failure };
    await tx.insert(lockedTestOutcomes).values({ useId: use.id, ...values });
    const event = { actor: SYSTEM, action: 'model.verdict', subjectKind: 'model' } as const;
    await appendAudit(tx, { ...event, subjectId: use.challengerDigest, fields: Object.keys(values) });
    await notifyLive(tx, { kind: 'models' });
    return true;
  });
}
