import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { oneRow } from '../row-of.ts';
import { signInAttempts } from '../schema/index.ts';

/** Attempts older than this are forgotten. */
const KEEP_DAYS = 30;

/** Digests are keyed (`fieldDigest(auditKey, 'email', email)`), so that no address is stored. */
export async function recordSignInAttempt(
  db: Queryable,
  input: { emailDigest: string; ipDigest: string; ok: boolean },
): Promise<void> {
  await db.insert(signInAttempts).values(input);
  await db
    .delete(signInAttempts)
    .where(lt(signInAttempts.at, sql`now() - make_interval(days => ${KEEP_DAYS})`));
}

/** Failures within the window: of that e-mail since its last success, and of that address. */
export async function recentSignInFailures(
  db: Queryable,
  input: { emailDigest: string; ipDigest: string; windowMinutes: number },
): Promise<{ byEmail: number; byIp: number }> {
  const recent = gt(signInAttempts.at, sql`now() - make_interval(mins => ${input.windowMinutes})`);
  const failed = and(recent, eq(signInAttempts.ok, false));
  const count = { n: sql<number>`count(*)::int` };
  const lastSuccess = db
    .select({ id: sql`coalesce(max(${signInAttempts.id}), 0)` })
    .from(signInAttempts)
    .where(and(eq(signInAttempts.emailDigest, input.emailDigest), eq(signInAttempts.ok, true)));
  const [byEmail, byIp] = await Promise.all([
    db
      .select(count)
      .from(signInAttempts)
      .where(
        and(failed, eq(signInAttempts.emailDigest, input.emailDigest), gt(signInAttempts.id, lastSuccess)),
      ),
    // Each success was counted as failed when it began.
    db
      .select({ n: sql<number>`count(*) filter (where not ok)::int - count(*) filter (where ok)::int` })
      .from(signInAttempts)
      .where(and(recent, eq(signInAttempts.ipDigest, input.ipDigest))),
  ]);
  return { byEmail: oneRow(byEmail).n, byIp: oneRow(byIp).n };
}
