import { DomainError } from '@blastwise/contracts';
import pg from 'pg';
import { APP_ROLE } from './roles.ts';

/** Makes the application role when the server has none, and sets its password when one is given. */
export async function ensureAppRole(client: pg.Client, password: string | undefined): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [APP_ROLE]);
  try {
    if (rowCount === 0) await client.query(`create role ${APP_ROLE} login`);
    // The owner may then act as the application, which is what `appUrl` without a password asks for.
    const { rows } = await client.query(`select pg_has_role(current_user, '${APP_ROLE}', 'set') as member`);
    if (rows[0]?.member !== true) await client.query(`grant ${APP_ROLE} to current_user`);
    if (password !== undefined) {
      await client.query(`alter role ${APP_ROLE} login password ${pg.escapeLiteral(password)}`);
    }
  } catch (cause) {
    throw new DomainError(
      'FORBIDDEN',
      `The database user may not manage the role ${APP_ROLE}; let an administrator create it and grant it to that user.`,
      { cause },
    );
  }
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
