import { randomBytes } from 'node:crypto';
import { DomainError } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import { hashPassword } from '@blastwise/db/passwords';
import type { z } from 'zod';
import { confirmIdentity } from '../auth/confirm-identity.ts';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { DONE, iso, isoOrNull } from '../shared/schemas.ts';
import type {
  createUserInput,
  endSessionsInput,
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

/**
 * The user chooses another password at the first sign-in. Without a first one the account gets one that nobody has, for
 * who signs on at the hospital.
 * @throws DomainError FORBIDDEN, CONFLICT when the e-mail is taken, BAD_INPUT without a password where there is no other way.
 */
export async function createUser(
  services: Services,
  session: ActiveSession,
  { password, firstPassword, ...account }: z.output<typeof createUserInput>,
): Promise<User> {
  if (firstPassword === undefined && services.singleSignOn === null)
    throw new DomainError('BAD_INPUT', 'Choose a first password: people sign in by password alone here.');
  await confirmIdentity(services, session, password);
  const passwordHash = await hashPassword(firstPassword ?? randomBytes(32).toString('base64'));
  const mustChangePassword = firstPassword !== undefined;
  const values = { ...account, passwordHash, mustChangePassword };
  return toUser(await db.createUser(services.db, { actor: actorOf(session), ...values }));
}

/** @throws DomainError FORBIDDEN for a wrong password, CONFLICT when no admin would be left. */
export async function setRole(
  services: Services,
  session: ActiveSession,
  { id, role, reason, password }: z.output<typeof setRoleInput>,
): Promise<User> {
  await confirmIdentity(services, session, password);
  return toUser(await db.setUserRole(services.db, { actor: actorOf(session), userId: id, role, reason }));
}

/** Disabling ends the user's sessions at once (R15). */
export async function setDisabled(
  services: Services,
  session: ActiveSession,
  { id, disabled, reason, password }: z.output<typeof setDisabledInput>,
): Promise<User> {
  await confirmIdentity(services, session, password);
  const change = disabled ? db.disableUser : db.enableUser;
  return toUser(await change(services.db, { actor: actorOf(session), userId: id, reason }));
}

/** For who has lost the password; both accounts count as one person from then on where two are asked for. */
export async function resetPassword(
  services: Services,
  session: ActiveSession,
  { id, firstPassword, reason, password }: z.output<typeof resetPasswordInput>,
): Promise<User> {
  await confirmIdentity(services, session, password);
  const passwordHash = await hashPassword(firstPassword);
  const change = { actor: actorOf(session), userId: id, passwordHash, reason };
  return toUser(await db.resetPassword(services.db, change));
}

/** The user signs in again everywhere. */
export async function endSessions(
  services: Services,
  session: ActiveSession,
  { id: userId, reason, password }: z.output<typeof endSessionsInput>,
): Promise<typeof DONE> {
  await confirmIdentity(services, session, password);
  await db.revokeUserSessions(services.db, { actor: actorOf(session), userId, reason });
  return DONE;
}
