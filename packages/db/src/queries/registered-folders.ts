import { and, eq, gt, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { registeredFolders } from '../schema/index.ts';

/** Whether the folder that the inference services were started with holds what a model was trained from. */
export interface RegisteredFolder {
  readonly fields: number;
  /** Why it does not, one sentence; null: it does. */
  readonly problem: string | null;
}

/** Services say it every quarter of a minute. */
const BELIEVED_FOR = sql`interval '1 minute'`;

/** What was said last of a model's data; null: no service with a data folder has said anything lately. */
export async function registeredFolder(db: Queryable, baseDigest: string): Promise<RegisteredFolder | null> {
  const [row] = await db
    .select({ fields: registeredFolders.fields, problem: registeredFolders.problem })
    .from(registeredFolders)
    .where(
      and(
        eq(registeredFolders.baseDigest, baseDigest),
        gt(registeredFolders.seenAt, sql`now() - ${BELIEVED_FOR}`),
      ),
    );
  return row ?? null;
}

/** Says of a model what its data folder is like now. The model must be known. */
export async function noteRegisteredFolder(
  db: Queryable,
  baseDigest: string,
  folder: RegisteredFolder,
): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await registeredFolder(tx, baseDigest);
    const values = { ...folder, seenAt: sql`now()` };
    await tx
      .insert(registeredFolders)
      .values({ baseDigest, ...values })
      .onConflictDoUpdate({ target: registeredFolders.baseDigest, set: values });
    const isNews = before?.fields !== folder.fields || before.problem !== folder.problem;
    if (isNews) await notifyLive(tx, { kind: 'trainings' });
  });
}
