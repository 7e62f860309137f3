import { DomainError } from '@blastwise/contracts';
import { and, desc, eq, gt, isNull, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { Actor, UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { found, oneRow } from '../row-of.ts';
import type { User } from '../rows.ts';
import { sessions, users } from '../schema/index.ts';
import { USER_COLUMNS } from './user-columns.ts';

/** R14: a session ends after 30 minutes without an act of its user and 12 hours after sign-in. */
export const SESSION_IDLE_MINUTES = 30;
export const SESSION_ABSOLUTE_HOURS = 12;

/** A sign-on that was done again stands for one signature in these minutes (R5). */
export const SIGN_ON_MINUTES = 5;

export interface Session {
  readonly id: string;
  readonly user: User;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** When single sign-on says that the user last proved who they are; null: signed in by a password. */
  readonly signedOnAt: Date | null;
  /** Until when a sign-on that was done again stands for one signature; null where none does. */
  readonly signsUntil: Date | null;
}

const SESSION_COLUMNS = {
  id: sessions.id,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
  expiresAt: sessions.expiresAt,
  signedOnAt: sessions.signedOnAt,
  signsUntil: sessions.signsUntil,
};

const isGood = (): SQL | undefined =>
  and(
    isNull(sessions.revokedAt),
    isNull(users.disabledAt),
    gt(sessions.expiresAt, sql`now()`),
    gt(sessions.lastSeenAt, sql`now() - make_interval(mins => ${SESSION_IDLE_MINUTES})`),
  );

/**
 * Starts a session after a successful sign-in and records it. `signedOnAt`: by single sign-on, and when that was done.
 * FORBIDDEN for a disabled user.
 */
export async function createSession(
  db: Queryable,
  userId: string,
  signedOnAt: Date | null = null,
): Promise<Session> {
  return db.transaction(async (tx) => {
    // Who is being disabled just now is seen as disabled.
    const [row] = await tx.select(USER_COLUMNS).from(users).where(eq(users.id, userId)).for('share');
    const user = found(row, 'user');
    if (user.disabledAt) throw new DomainError('FORBIDDEN', 'This account is disabled.');
    const expiresAt = sql`now() + make_interval(hours => ${SESSION_ABSOLUTE_HOURS})`;
    const session = oneRow(
      await tx.insert(sessions).values({ userId, expiresAt, signedOnAt }).returning(SESSION_COLUMNS),
    );
    const actor = { id: user.id, role: user.role };
    await appendAudit(tx, {
      actor,
      action: 'session.start',
      subjectKind: 'session',
      subjectId: session.id,
      reason: signedOnAt ? 'single sign-on' : null,
    });
    return { ...session, user };
  });
}

/** The session if it is still good, without marking it as seen: for what a page asks for by itself. */
export async function peekSession(db: Queryable, sessionId: string): Promise<Session | null> {
  const [row] = await db
    .select({ ...SESSION_COLUMNS, user: USER_COLUMNS })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), isGood()));
  return row ?? null;
}

/** The sessions of a user that are still good, the last used first. */
export async function openSessions(db: Queryable, userId: string): Promise<Omit<Session, 'user'>[]> {
  return db
    .select(SESSION_COLUMNS)
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.userId, userId), isGood()))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
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

/** Ends one of the actor's own sessions; one that has ended already, or is another's, stays as it is. */
export async function revokeSession(
  db: Queryable,
  input: { actor: UserActor; sessionId: string },
): Promise<void> {
  const { actor, sessionId } = input;
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, actor.id), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (ended.length === 0) return;
    await appendAudit(tx, { actor, action: 'session.end', subjectKind: 'session', subjectId: sessionId });
  });
}

/** Ends the sessions of a user, or all but one. */
export async function revokeUserSessions(
  db: Queryable,
  input: { actor: Actor; userId: string; reason?: string; exceptId?: string },
): Promise<void> {
  const { actor, userId, reason, exceptId } = input;
  await db.transaction(async (tx) => {
    if ((await endSessions(tx, userId, exceptId)) === 0) return;
    await appendAudit(tx, {
      actor,
      action: 'session.end',
      subjectKind: 'user',
      subjectId: userId,
      reason: reason ?? null,
    });
  });
}

/**
 * Notes that the user of a session has proved at the provider again, at `signedOnAt`, who they are: that stands for one
 * signature. False, and nothing noted, where it is no later than what was known, too long ago or still to come.
 */
export async function renewSignOn(
  db: Queryable,
  { session, signedOnAt }: { session: Session; signedOnAt: Date },
): Promise<boolean> {
  const { id, user } = session;
  if (Math.abs(Date.now() - signedOnAt.getTime()) > SIGN_ON_MINUTES * 60_000) return false;
  return db.transaction(async (tx) => {
    const renewed = await tx
      .update(sessions)
      .set({ signedOnAt, signsUntil: sql`now() + make_interval(mins => ${SIGN_ON_MINUTES})` })
      .where(and(eq(sessions.id, id), isNull(sessions.revokedAt), lt(sessions.signedOnAt, signedOnAt)))
      .returning({ id: sessions.id });
    if (renewed.length === 0) return false;
    const actor = { id: user.id, role: user.role };
    await appendAudit(tx, { actor, action: 'session.renew', subjectKind: 'session', subjectId: id });
    return true;
  });
}

/** Uses up the sign-on that was done again. False where there is none, or none any more. */
export async function takeSignOn(db: Queryable, sessionId: string): Promise<boolean> {
  const taken = await db
    .update(sessions)
    .set({ signsUntil: null })
    .where(and(eq(sessions.id, sessionId), gt(sessions.signsUntil, sql`now()`)))
    .returning({ id: sessions.id });
  return taken.length > 0;
}
