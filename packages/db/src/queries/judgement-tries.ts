import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { lockedTestTries } from '../schema/index.ts';

/** One process's try at one use of a locked test set. */
interface Try {
  readonly useId: string;
  readonly worker: string;
}

/** How many other processes took the use up and neither ended nor left it; nobody else may be at work on it now. */
export async function deathsOver(db: Queryable, { useId, worker }: Try): Promise<number> {
  return db.$count(
    lockedTestTries,
    and(eq(lockedTestTries.useId, useId), ne(lockedTestTries.worker, worker), isNull(lockedTestTries.leftAt)),
  );
}

/** Notes that the process takes the use up, before it does: `db` must not be a transaction that dies with it. */
export async function tryJudgement<T>(db: Queryable, own: Try, judge: () => Promise<T>): Promise<T> {
  const anew = { startedAt: sql`now()`, leftAt: null };
  await db
    .insert(lockedTestTries)
    .values(own)
    .onConflictDoUpdate({ target: [lockedTestTries.useId, lockedTestTries.worker], set: anew });
  try {
    return await judge();
  } catch (error) {
    // Where the database is away too, the process says so with its next try.
    await leave(db, own).catch(() => undefined);
    throw error;
  }
}

async function leave(db: Queryable, { useId, worker }: Try): Promise<void> {
  await db
    .update(lockedTestTries)
    .set({ leftAt: sql`now()` })
    .where(and(eq(lockedTestTries.useId, useId), eq(lockedTestTries.worker, worker)));
}
