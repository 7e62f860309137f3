import { DomainError, type Role } from '@blastwise/contracts';
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { lockAlone } from '../locks.ts';
import { QueryError } from '../query-error.ts';
import { found, oneRow } from '../row-of.ts';
import type { User } from '../rows.ts';
import { users } from '../schema/index.ts';
import { endSessions } from './sessions.ts';
import { USER_COLUMNS } from './user-columns.ts';

const WITH_PASSWORD = { ...USER_COLUMNS, passwordHash: users.passwordHash };

/** `reason`: why the account gets its role, where a person makes it. CONFLICT when the e-mail is taken. */
export async function createUser(
  db: Queryable,
  input: { actor: Actor; email: string; name: string; role: Role; passwordHash: string; reason?: string },
): Promise<User> {
  const { actor, reason, ...values } = input;
  try {
    return await db.transaction(async (tx) => {
      const user = oneRow(await tx.insert(users).values(values).returning(USER_COLUMNS));
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

/** CONFLICT when the last enabled admin would lose the role. */
export async function setUserRole(
  db: Queryable,
  input: { actor: Actor; userId: string; role: Role; reason: string },
): Promise<User> {
  return db.transaction(async (tx) => {
    if (input.role !== 'admin') await keepAnAdmin(tx, input.userId);
    const [user] = await tx
      .update(users)
      .set({ role: input.role })
      .where(eq(users.id, input.userId))
      .returning(USER_COLUMNS);
    const { actor, reason, userId } = input;
    await appendAudit(tx, {
      actor,
      action: 'user.set-role',
      subjectKind: 'user',
      subjectId: userId,
      fields: ['role'],
      reason,
    });
    return found(user, 'user');
  });
}

/** R15: ends the user's sessions. CONFLICT for the last enabled admin. */
export async function disableUser(
  db: Queryable,
  input: { actor: Actor; userId: string; reason: string },
): Promise<User> {
  const { actor, reason, userId } = input;
  return db.transaction(async (tx) => {
    await keepAnAdmin(tx, userId);
    const disabledAt = sql`coalesce(${users.disabledAt}, now())`;
    const [user] = await tx
      .update(users)
      .set({ disabledAt })
      .where(eq(users.id, userId))
      .returning(USER_COLUMNS);
    await endSessions(tx, userId);
    const fields = ['disabledAt'];
    await appendAudit(tx, {
      actor,
      action: 'user.disable',
      subjectKind: 'user',
      subjectId: userId,
      fields,
      reason,
    });
    return found(user, 'user');
  });
}

export async function enableUser(
  db: Queryable,
  input: { actor: Actor; userId: string; reason: string },
): Promise<User> {
  const { actor, reason, userId } = input;
  return db.transaction(async (tx) => {
    const [user] = await tx
      .update(users)
      .set({ disabledAt: null })
      .where(eq(users.id, userId))
      .returning(USER_COLUMNS);
    const fields = ['disabledAt'];
    await appendAudit(tx, {
      actor,
      action: 'user.enable',
      subjectKind: 'user',
      subjectId: userId,
      fields,
      reason,
    });
    return found(user, 'user');
  });
}

/** Ends every session of the user except `keepSessionId`. */
export async function setPasswordHash(
  db: Queryable,
  input: { actor: Actor; userId: string; passwordHash: string; keepSessionId?: string },
): Promise<void> {
  const { actor, userId, passwordHash } = input;
  await db.transaction(async (tx) => {
    const changed = await tx
      .update(users)
      .set({ passwordHash })
      .where(eq(users.id, userId))
      .returning({ id: users.id });
    found(changed[0], 'user');
    await endSessions(tx, userId, input.keepSessionId);
    const fields = ['password'];
    await appendAudit(tx, {
      actor,
      action: 'user.set-password',
      subjectKind: 'user',
      subjectId: userId,
      fields,
    });
  });
}
