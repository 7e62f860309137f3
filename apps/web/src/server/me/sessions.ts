import * as db from '@blastwise/db';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { DONE, iso } from '../shared/schemas.ts';
import type { OpenSession } from './schemas.ts';

export const signedInBy = ({ signedOnAt }: Pick<ActiveSession, 'signedOnAt'>): OpenSession['signedInBy'] =>
  signedOnAt === null ? 'password' : 'single-sign-on';

/** Where the user is signed in, the last used first. */
export async function openSessions(services: Services, session: ActiveSession): Promise<OpenSession[]> {
  const open = await db.openSessions(services.db, session.user.id);
  return open.map((row) => ({
    id: row.id,
    signedInAt: iso(row.createdAt),
    signedInBy: signedInBy(row),
    lastSeenAt: iso(row.lastSeenAt),
    expiresAt: iso(row.expiresAt),
    current: row.id === session.id,
  }));
}

/** Ends one of the user's sessions; one that has ended, or is somebody else's, stays as it is. */
export async function endSession(
  services: Services,
  session: ActiveSession,
  { id: sessionId }: { id: string },
): Promise<typeof DONE> {
  await db.revokeSession(services.db, { actor: actorOf(session), sessionId });
  return DONE;
}

/** Ends the user's sessions but the one that asks. */
export async function endOtherSessions(services: Services, session: ActiveSession): Promise<typeof DONE> {
  const { user, id: exceptId } = session;
  await db.revokeUserSessions(services.db, { actor: actorOf(session), userId: user.id, exceptId });
  return DONE;
}
