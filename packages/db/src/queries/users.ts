import { DomainError, type Role } from '@blastwise/contracts';
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Actor, UserActor } from '../actor.ts';
import type { AuditAction } from '../audit/actions.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { lockAlone } from '../locks.ts';
import { QueryError } from '../query-error.ts';
import { found, oneRow } from '../row-of.ts';
import type { User } from '../rows.ts';
import { users } from '../schema/index.ts';
import { uuidv7 } from '../uuid.ts';
import { circleOf, joinCircle } from './circles.ts';
import { endSessions } from './sessions.ts';
import { USER_COLUMNS } from './user-columns.ts';

const WITH_PASSWORD = { ...USER_COLUMNS, passwordHash: users.passwordHash };

/**
 * `reason`: why the account gets its role, where a person makes it: then the password is another's choice, which its
 * owner must change unless told that nobody has it, and the account joins that person's circle. CONFLICT when the
 * e-mail is taken.
 */
export async function createUser(
  db: Queryable,
  input: {
    actor: Actor;
    email: string;
    name: string;
    role: Role;
    passwordHash: string;
    mustChangePassword?: boolean;
    reason?: string;
  },
): Promise<User> {
  const { actor, reason, ...values } = input;
  try {
    return await db.transaction(async (tx) => {
      const id = uuidv7();
      const circle = actor.id === null ? id : await circleOf(tx, actor.id);
      const user = oneRow(
        await tx
          .insert(users)
          .values({ id, circle, mustChangePassword: actor.id !== null, ...values })
          .returning(USER_COLUMNS),
      );
      const fields = ['email', 'name', 'role'];
      await appendAudit(tx, {
        actor,
        action: 'user.create',
        subjectKind: 'user',
        subjectId: user.id,
        fields,
        reason: reason ?? null,
      });
      return user;
    });
  } catch (error) {
    if (error instanceof QueryError && error.constraint === 'users_email_unique') {
      throw new DomainError('CONFLICT', 'Another account uses this e-mail address.');
    }
    throw error;
  }
}

export async function findUserByEmail(
  db: Queryable,
  email: string,
): Promise<(User & { passwordHash: string }) | null> {
  const [user] = await db.select(WITH_PASSWORD).from(users).where(eq(users.email, email));
  return user ?? null;
}

export async function findUser(db: Queryable, id: string): Promise<(User & { passwordHash: string }) | null> {
  const [user] = await db.select(WITH_PASSWORD).from(users).where(eq(users.id, id));
  return user ?? null;
}

/** Oldest first. */
export async function listUsers(db: Queryable): Promise<User[]> {
  return db.select(USER_COLUMNS).from(users).orderBy(asc(users.createdAt), asc(users.id));
}

/** Somebody must be left who can manage users: CONFLICT otherwise. */
async function keepAnAdmin(tx: Queryable, userId: string): Promise<void> {
  await lockAlone(tx, 'admins');
  const others = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.disabledAt), ne(users.id, userId)))
    .limit(1);
  if (others.length === 0)
    throw new DomainError('CONFLICT', 'The last admin stays admin; make another one first.');
}

interface UserChange {
  readonly actor: Actor;
  readonly userId: string;
  readonly reason: string;
}

/** Changes one account and records it. */
async function change(
  tx: Queryable,
  { actor, userId, reason }: Omit<UserChange, 'reason'> & { readonly reason?: string },
  action: Extract<AuditAction, `user.${string}`>,
  field: string,
  values: PgUpdateSetSource<typeof users>,
): Promise<User> {
  const [user] = await tx.update(users).set(values).where(eq(users.id, userId)).returning(USER_COLUMNS);
  await appendAudit(tx, {
    actor,
    action,
    subjectKind: 'user',
    subjectId: userId,
    fields: [field],
    reason: reason ?? null,
  });
  return found(user, 'user');
}

/** CONFLICT when the last enabled admin would lose the role. */
export async function setUserRole(
  db: Queryable,
  { role, ...who }: UserChange & { readonly role: Role },
): Promise<User> {
  return db.transaction(async (tx) => {
    if (role !== 'admin') await keepAnAdmin(tx, who.userId);
    return change(tx, who, 'user.set-role', 'role', { role });
  });
}

/** R15: ends the user's sessions. CONFLICT for the last enabled admin. */
export async function disableUser(db: Queryable, who: UserChange): Promise<User> {
  return db.transaction(async (tx) => {
    await keepAnAdmin(tx, who.userId);
    const disabledAt = sql`coalesce(${users.disabledAt}, now())`;
    const user = await change(tx, who, 'user.disable', 'disabledAt', { disabledAt });
    await endSessions(tx, who.userId);
    return user;
  });
}

export async function enableUser(db: Queryable, who: UserChange): Promise<User> {
  return db.transaction((tx) => change(tx, who, 'user.enable', 'disabledAt', { disabledAt: null }));
}

/** The owner's own choice of a password. Ends every session of the user except `keepSessionId`. */
export async function setPasswordHash(
  db: Queryable,
  input: { actor: Actor; userId: string; passwordHash: string; keepSessionId?: string },
): Promise<void> {
  const { passwordHash, keepSessionId, ...who } = input;
  await db.transaction(async (tx) => {
    await change(tx, who, 'user.set-password', 'password', { passwordHash, mustChangePassword: false });
    await endSessions(tx, who.userId, keepSessionId);
  });
}

/**
 * Another person's choice of a password for somebody who has lost theirs: ends every session, must be changed at
 * the next sign-in, and makes the two accounts one circle. BAD_INPUT for the own account.
 */
export async function resetPassword(
  db: Queryable,
  input: Omit<UserChange, 'actor'> & { readonly actor: UserActor; readonly passwordHash: string },
): Promise<User> {
  const { passwordHash, ...who } = input;
  if (who.userId === who.actor.id) {
    throw new DomainError('BAD_INPUT', 'Change your own password from the account menu.');
  }
  return db.transaction(async (tx) => {
    await joinCircle(tx, { of: who.actor.id, userId: who.userId });
    const values = { passwordHash, mustChangePassword: true };
    const user = await change(tx, who, 'user.reset-password', 'password', values);
    await endSessions(tx, who.userId);
    return user;
  });
}
