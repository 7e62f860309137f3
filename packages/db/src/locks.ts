import { sql } from 'drizzle-orm';
import type { Queryable } from './client.ts';

/** What may not change under a transaction's feet; held until it ends. */
type Lock = 'versions' | 'admins' | 'circles' | 'audit seal';

/** Alone: changes of the matrix in force or the model in service, of who is admin, of who shares a password, sealing. */
export async function lockAlone(tx: Queryable, lock: Lock): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`blastwise ${lock}`}, 0))`);
}

/** Together with others who only rely on it. */
export async function lockShared(tx: Queryable, lock: Lock): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(${`blastwise ${lock}`}, 0))`);
}
