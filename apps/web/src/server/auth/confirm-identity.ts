import { DomainError } from '@blastwise/contracts';
import { SIGN_ON_MINUTES, takeSignOn } from '@blastwise/db';
import type { Services } from '../services.ts';
import { requirePassword } from './require-password.ts';
import type { ActiveSession } from './session.ts';

/**
 * Who signs proves again who they are (R5): by the password or, in a session that was begun by single sign-on, by one
 * that was done again, which is used up, whatever becomes of the signature.
 * @throws DomainError FORBIDDEN, RATE_LIMITED.
 */
export async function confirmIdentity(
  services: Pick<Services, 'db' | 'auditKey'>,
  session: ActiveSession,
  password: string,
): Promise<void> {
  if (session.signedOnAt === null) return requirePassword(services, session, password);
  if (await takeSignOn(services.db, session.id)) return;
  throw new DomainError(
    'FORBIDDEN',
    `Sign on again first: that stands for one signature, for ${SIGN_ON_MINUTES} minutes.`,
  );
}
