import type { Session, UserActor } from '@blastwise/db';

/** A session that stands: not ended, not idle too long, its user not disabled. */
export type ActiveSession = Session;

export const actorOf = (session: ActiveSession): UserActor => ({
  id: session.user.id,
  role: session.user.role,
});
