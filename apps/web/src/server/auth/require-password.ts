import { DomainError } from '@blastwise/contracts';
import { findUser } from '@blastwise/db';
import { verifyPassword } from '@blastwise/db/passwords';
import type { Services } from '../services.ts';
import { type Attempt, attemptSucceeded, beginAttempt } from './attempts.ts';
import type { ActiveSession } from './session.ts';

/** Wrong ones count for the session alone: who only knows an e-mail address can block nobody who is signed in. */
export function attemptIn({ id }: ActiveSession): Attempt {
  const here = `session ${id}`;
  return { account: here, address: here };
}

/**
 * The password typed again. Wrong ones are counted apart from sign-ins.
 * @throws DomainError FORBIDDEN, RATE_LIMITED.
 */
export async function requirePassword(
  services: Pick<Services, 'db' | 'auditKey'>,
  session: ActiveSession,
  password: string,
): Promise<void> {
  const attempt = attemptIn(session);
  await beginAttempt(services, attempt);
  const user = await findUser(services.db, session.user.id);
  if (!user || !(await verifyPassword(password, user.passwordHash))) {
    throw new DomainError('FORBIDDEN', 'The password is not right.');
  }
  await attemptSucceeded(services, attempt);
}
