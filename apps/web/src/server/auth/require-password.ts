import { DomainError } from '@blastwise/contracts';
import { findUser } from '@blastwise/db';
import { verifyPassword } from '@blastwise/db/passwords';
import type { Services } from '../services.ts';
import { attemptSucceeded, beginAttempt } from './attempts.ts';
import type { ActiveSession } from './session.ts';

/**
 * Who signs an approval types the password again (R5). Wrong ones count as failed sign-ins of that account.
 * @throws DomainError FORBIDDEN, RATE_LIMITED.
 */
export async function requirePassword(
  services: Pick<Services, 'db' | 'auditKey'>,
  session: ActiveSession,
  password: string,
): Promise<void> {
  const attempt = { email: session.user.email, address: `session ${session.id}` };
  await beginAttempt(services, attempt);
  const user = await findUser(services.db, session.user.id);
  if (!user || !(await verifyPassword(password, user.passwordHash))) {
    throw new DomainError('FORBIDDEN', 'The password is not right.');
  }
  await attemptSucceeded(services, attempt);
}
