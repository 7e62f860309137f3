import { DomainError } from '@blastwise/contracts';
import { SESSION_IDLE_MINUTES, setPasswordHash } from '@blastwise/db';
import { hashPassword } from '@blastwise/db/passwords';
import { requirePassword } from '../auth/require-password.ts';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { DONE, isoOrNull } from '../shared/schemas.ts';
import type { Profile } from './schemas.ts';
import { signedInBy } from './sessions.ts';

export function profileOf({ singleSignOn }: Services, session: ActiveSession): Profile {
  const { user, expiresAt, signsUntil } = session;
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    sessionExpiresAt: expiresAt.toISOString(),
    idleMinutes: SESSION_IDLE_MINUTES,
    signedInBy: signedInBy(session),
    signsUntil: isoOrNull(signsUntil && signsUntil > new Date() ? signsUntil : null),
    singleSignOn: singleSignOn?.name ?? null,
  };
}

/** Ends the user's other sessions. */
export async function changePassword(
  services: Services,
  session: ActiveSession,
  { current, next }: { current: string; next: string },
): Promise<typeof DONE> {
  await requirePassword(services, session, current);
  if (next === current)
    throw new DomainError('BAD_INPUT', 'Choose a password that differs from the present one.');
  await setPasswordHash(services.db, {
    actor: actorOf(session),
    userId: session.user.id,
    passwordHash: await hashPassword(next),
    keepSessionId: session.id,
  });
  return DONE;
}
