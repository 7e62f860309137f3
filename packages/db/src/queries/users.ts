import type { Role } from '@blastwise/contracts';
import type { Actor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import type { User } from '../rows.ts';
import { unbuilt } from '../unbuilt.ts';

/** CONFLICT when the e-mail is taken. */
export async function createUser(
  db: Queryable,
  input: { actor: Actor; email: string; name: string; role: Role; passwordHash: string },
): Promise<User> {
  return unbuilt(db, input);
}

export async function findUserByEmail(
  db: Queryable,
  email: string,
): Promise<(User & { passwordHash: string }) | null> {
  return unbuilt(db, email);
}

export async function findUser(db: Queryable, id: string): Promise<(User & { passwordHash: string }) | null> {
  return unbuilt(db, id);
}

/** Oldest first. */
export async function listUsers(db: Queryable): Promise<User[]> {
  return unbuilt(db);
}

/** CONFLICT when the last enabled admin would lose the role. */
export async function setUserRole(
  db: Queryable,
  input: { actor: Actor; userId: string; role: Role; reason: string },
): Promise<User> {
  return unbuilt(db, input);
}

/** R15: ends the user's sessions. CONFLICT for the last enabled admin. */
export async function disableUser(
  db: Queryable,
  input: { actor: Actor; userId: string; reason: string },
): Promise<User> {
  return unbuilt(db, input);
}

export async function enableUser(
  db: Queryable,
  input: { actor: Actor; userId: string; reason: string },
): Promise<User> {
  return unbuilt(db, input);
}

/** Ends every session of the user except `keepSessionId`. */
export async function setPasswordHash(
  db: Queryable,
  input: { actor: Actor; userId: string; passwordHash: string; keepSessionId?: string },
): Promise<void> {
  return unbuilt(db, input);
}
