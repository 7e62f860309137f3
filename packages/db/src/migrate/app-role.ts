import { DomainError } from '@blastwise/contracts';
import pg from 'pg';
import { APP_ROLE } from './roles.ts';

/** Makes the application role when the server has none, and sets its password when one is given. */
export async function ensureAppRole(client: pg.Client, password: string | undefined): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [APP_ROLE]);
  try {
    if (rowCount === 0) await client.query(`create role ${APP_ROLE} login`);
    if (password !== undefined) {
      await client.query(`alter role ${APP_ROLE} login password ${pg.escapeLiteral(password)}`);
    }
  } catch (cause) {
    throw new DomainError(
      'FORBIDDEN',
      `The database user may not manage the role ${APP_ROLE}; let an administrator create it and set its password.`,
      { cause },
    );
  }
  // The owner may then act as the application, which `appUrl` without a password asks for. Where an administrator
  // made the role, that stays theirs to grant.
  await client.query(`grant ${APP_ROLE} to current_user`).catch(() => undefined);
}

/**
 * The same database as `ownerUrl`, as the application role: signed in as it where its password is known, otherwise
 * as the owner who acts as it from the first statement.
 */
export function appUrl(ownerUrl: string, appPassword?: string): string {
  const url = new URL(ownerUrl);
  if (appPassword === undefined) {
    url.searchParams.set('options', `-c role=${APP_ROLE}`);
  } else {
    url.username = APP_ROLE;
    url.password = encodeURIComponent(appPassword);
  }
  return url.toString();
}
