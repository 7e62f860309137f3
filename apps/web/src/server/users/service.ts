import * as db from '@blastwise/db';
import { hashPassword } from '@blastwise/db/passwords';
import type { z } from 'zod';
import { requirePassword } from '../auth/require-password.ts';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import type {
  createUserInput,
  resetPasswordInput,
  setDisabledInput,
  setRoleInput,
  User,
  WithoutSenior,
} from './schemas.ts';

const toUser = (row: db.User): User => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  mustChangePassword: row.mustChangePassword,
  disabledAt: isoOrNull(row.disabledAt),
  createdAt: iso(row.createdAt),
});

export async function listUsers({ db: queryable }: Services): Promise<User[]> {
  return (await db.listUsers(queryable)).map(toUser);
}

export async function withoutSenior(services: Services): Promise<WithoutSenior> {
  return { fields: await db.fieldsWithoutSenior(services.db) };
}

/** The user chooses another password at the first sign-in. @throws DomainError FORBIDDEN, CONFLICT when the e-mail is taken. */
export async function createUser(
  services: Services,
  session: ActiveSession,
  { password, firstPassword, ...account }: z.output<typeof createUserInput>,
): Promise<User> {
  await requirePassword(services, session, password);
  const passwordHash = await hashPassword(firstPassword);
  return toUser(await db.createUser(services.db, { actor: actorOf(session), ...account, passwordHash }));
}

/** @throws DomainError FORBIDDEN for a wrong password, CONFLICT when no admin would be left. */
export async function setRole(
  services: Services,
  session: ActiveSession,
  { id, role, reason, password }: z.output<typeof setRoleInput>,
): Promise<User> {
  await requirePassword(services, session, password);
  return toUser(await db.setUserRole(services.db, { actor: actorOf(session), userId: id, role, reason }));
}

/** Disabling ends the user's sessions at once (R15). */
export async function setDisabled(
  services: Services,
  session: ActiveSession,
  { id, disabled, reason, password }: z.output<typeof setDisabledInput>,
): Promise<User> {
  await requirePassword(services, session, password);
  const change = disabled ? db.disableUser : db.enableUser;
  return toUser(await change(services.db, { actor: actorOf(session), userId: id, reason }));
}

/** For who has lost the password; both accounts count as one person from then on where two are asked for. */
export async function resetPassword(
  services: Services,
  session: ActiveSession,
  { id, firstPassword, reason, password }: z.output<typeof resetPasswordInput>,
): Promise<User> {
  await requirePassword(services, session, password);
  const passwordHash = await hashPassword(firstPassword);
  const change = { actor: actorOf(session), userId: id, passwordHash, reason };
  return toUser(await db.resetPassword(services.db, change));
}
