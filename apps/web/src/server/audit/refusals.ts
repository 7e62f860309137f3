import { appendAudit, SYSTEM } from '@blastwise/db';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';

/** Records a call that was refused for its role, its session or its origin (R18). `path` is ours, never a user's. */
export async function recordRefusal(
  services: Pick<Services, 'db'>,
  session: ActiveSession | null,
  path: string,
): Promise<void> {
  await appendAudit(services.db, {
    actor: session ? actorOf(session) : SYSTEM,
    action: 'call.refuse',
    subjectKind: 'call',
    subjectId: path,
    reason: session ? null : 'nobody signed in',
  });
}
