import { appendAudit, SYSTEM } from '@blastwise/db';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';

/** Records a call that was refused for its role, its session or its origin (R18). `path` is ours, never a user's. */
export async function recordRefusal(
  services: Pick<Services, 'db' | 'folded'>,
  session: ActiveSession | null,
  path: string,
): Promise<void> {
  const event = { action: 'call.refuse', subjectKind: 'call', subjectId: path } as const;
  if (session) return appendAudit(services.db, { ...event, actor: actorOf(session) });
  const reason = 'nobody signed in';
  await services.folded.record(services.db, `call ${path}`, { ...event, actor: SYSTEM, reason });
}
