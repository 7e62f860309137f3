import { DomainError, type Role } from '@blastwise/contracts';
import type { ActiveSession } from './session.ts';

/** Who may make a call: these roles, and nobody whose password is another's choice unless the call is how to change it. */
export interface Admission {
  readonly roles: readonly Role[];
  readonly beforePasswordChange?: boolean;
}

/** The session, if it may make the call, or why not. */
export function admit(session: ActiveSession | null, admission: Admission): ActiveSession | DomainError {
  if (!session) return new DomainError('UNAUTHENTICATED', 'Sign in to go on.');
  // Who came by single sign-on has not used it.
  const usedAnothers = session.user.mustChangePassword && session.signedOnAt === null;
  if (usedAnothers && !admission.beforePasswordChange) {
    return new DomainError('PASSWORD_CHANGE_REQUIRED', 'Choose a password of your own to go on.');
  }
  if (!admission.roles.includes(session.user.role)) {
    return new DomainError('FORBIDDEN', 'Your role does not allow this.');
  }
  return session;
}
