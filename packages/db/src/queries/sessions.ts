import type { Actor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import type { User } from '../rows.ts';
import { unbuilt } from '../unbuilt.ts';

/** R14: a session ends after 30 minutes without a call and 12 hours after sign-in. */
export const SESSION_IDLE_MINUTES = 30;
export const SESSION_ABSOLUTE_HOURS = 12;

export interface Session {
  readonly id: string;
  readonly user: User;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** Starts a session after a successful sign-in and records it. FORBIDDEN for a disabled user. */
export async function createSession(db: Queryable, userId: string): Promise<Session> {
  return unbuilt(db, userId);
}

/**
 * The session if it is still good (not idle, not expired, not revoked, user not disabled), marked as seen now;
 * null otherwise. Call it on every procedure, stream and image.
 */
export async function useSession(db: Queryable, sessionId: string): Promise<Session | null> {
  return unbuilt(db, sessionId);
}

/** Like {@link useSession} without marking it as seen: for a stream that stays open. */
export async function peekSession(db: Queryable, sessionId: string): Promise<Session | null> {
  return unbuilt(db, sessionId);
}

export async function revokeSession(
  db: Queryable,
  input: { actor: Actor; sessionId: string },
): Promise<void> {
  return unbuilt(db, input);
}

/** Returns how many sessions ended. */
export async function revokeUserSessions(
  db: Queryable,
  input: { actor: Actor; userId: string },
): Promise<number> {
  return unbuilt(db, input);
}
