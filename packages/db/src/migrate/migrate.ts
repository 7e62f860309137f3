import { unbuilt } from '../unbuilt.ts';

export const APP_ROLE = 'blastwise_app';

/**
 * Brings the database of `ownerUrl` to the present schema: tables, job queues, roles, grants, triggers and the
 * first rows (study's matrix as version 1, settings). Idempotent, one at a time (advisory lock). The application
 * role is made when missing; `appPassword` sets its password.
 */
export async function migrate(ownerUrl: string, options: { appPassword?: string } = {}): Promise<void> {
  return unbuilt(ownerUrl, options);
}

/** The same database as `ownerUrl`, as the application role. */
export function appUrl(ownerUrl: string, appPassword: string): string {
  return unbuilt(ownerUrl, appPassword);
}
