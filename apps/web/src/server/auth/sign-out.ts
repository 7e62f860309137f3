import { peekSession, revokeSession } from '@blastwise/db';
import type { Services } from '../services.ts';
import { actorOf } from './session.ts';

/** Ends a session that stands; one that has ended already stays as it is. */
export async function signOut(services: Pick<Services, 'db'>, sessionId: string): Promise<void> {
  const session = await peekSession(services.db, sessionId);
  if (session) await revokeSession(services.db, { actor: actorOf(session), sessionId });
}
