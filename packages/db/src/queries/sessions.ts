import { DomainError } from '@blastwise/contracts';
import { and, eq, gt, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { found, oneRow } from '../row-of.ts';
import type { User } from '../rows.ts';
import { sessions, users } from '../schema/index.ts';
import { USER_COLUMNS } from './user-columns.ts';

/** R14: a session ends after 30 minutes without an act of its user and 12 hours after sign-in. */
export const SESSION_IDLE_MINUTES = 30;
export const SESSION_ABSOLUTE_HOURS = 12;

export interface Session {
  readonly id: string;
  readonly user: User;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

const SESSION_COLUMNS = {
  id: sessions.id,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
  expiresAt: sessions.expiresAt,
};

const isGood = (sessionId: string): SQL | undefined =>
  and(
    eq(sessions.id, sessionId),
    isNull(sessions.revokedAt),
    isNull(users.disabledAt),
    gt(sessions.expiresAt, sql`now()`),
    gt(sessions.lastSeenAt, sql`now() - make_interval(mins => ${SESSION_IDLE_MINUTES})`),
  );

/** Starts a session after a successful sign-in and records it. FORBIDDEN for a disabled user. */
export async function createSession(db: Queryable, userId: string): Promise<Session> {
  return db.transaction(async (tx) => {
    // Who is being disabled just now is seen as disabled.
    const [row] = await tx.select(USER_COLUMNS).from(users).where(eq(users.id, userId)).for('share');
    const user = found(row, 'user');
    if (user.disabledAt) throw new DomainError('FORBIDDEN', 'This account is disabled.');
    const expiresAt = sql`now() + make_interval(hours => ${SESSION_ABSOLUTE_HOURS})`;
    const session = oneRow(
      await tx.insert(sessions).values({ userId, expiresAt }).returning(SESSION_COLUMNS),
    );
    const actor = { id: user.id, role: user.role };
    await appendAudit(tx, { actor, action: 'session.start', subjectKind: 'session', subjectId: session.id });
    return { ...session, user };
  });
}

/** The session if it is still good, without marking it as seen: for what a page asks for by itself. */
export async function peekSession(db: Queryable, sessionId: string): Promise<Session | null> {
  const [row] = await db
    .select({ ...SESSION_COLUMNS, user: USER_COLUMNS })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(isGood(sessionId));
  return row ?? null;
}

/** Seen less than this ago need not be written again, seconds. */
const SEEN_STEP = 20;

/**
 * The session if it is still good (not idle, not expired, not revoked, user not disabled), marked as seen now;
 * null otherwise. Call it on every act of its user.
 */
export async function useSession(db: Queryable, sessionId: string): Promise<Session | null> {
  const session = await peekSession(db, sessionId);
  if (session && Date.now() - session.lastSeenAt.getTime() > SEEN_STEP * 1000) {
    await db.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, sessionId));
  }
  return session;
}

/** Ends the open sessions of a user, except one; returns how many. */
export async function endSessions(tx: Queryable, userId: string, exceptId?: string): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        exceptId === undefined ? undefined : ne(sessions.id, exceptId),
      ),
    )
    .returning({ id: sessions.id });
  return ended.length;
}

/** Ends one session; one that has ended already stays as it is. */
export async function revokeSession(
  db: Queryable,
  input: { actor: Actor; sessionId: string },
): Promise<void> {
  const { actor, sessionId } = input;
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (ended.length === 0) return;
    await appendAudit(tx, { actor, action: 'session.end', subjectKind: 'session', subjectId: sessionId });
  });
}

/** Returns how many sessions ended. */
export async function revokeUserSessions(
  db: Queryable,
  input: { actor: Actor; userId: string },
): Promise<number> {
  const { actor, userId } = input;
  return db.transaction(async (tx) => {
    const ended = await endSessions(tx, userId);
    if (ended > 0)
      await appendAudit(tx, { actor, action: 'session.end', subjectKind: 'user', subjectId: userId });
    return ended;
  });
}
