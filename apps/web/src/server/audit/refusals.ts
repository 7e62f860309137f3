import { DomainError, type ErrorCode } from '@blastwise/contracts';
import { appendAudit, SYSTEM } from '@blastwise/db';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';

/** Whoever meets one of these was not allowed to do it; what merely failed is no refusal. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNAUTHENTICATED',
  'PASSWORD_CHANGE_REQUIRED',
  'FORBIDDEN',
  'RATE_LIMITED',
]);

/**
 * Records a call that failed, if it was refused: for its role, its session, its origin, a wrong password or a rule of two
 * people (R18). `path` is ours, never a user's; the sentences of errors hold no patient data.
 */
export async function recordRefusal(
  services: Pick<Services, 'db' | 'folded'>,
  session: ActiveSession | null,
  path: string,
  error: unknown,
): Promise<void> {
  if (!(error instanceof DomainError && REFUSALS.has(error.code))) return;
  const event = { action: 'call.refuse', subjectKind: 'call', subjectId: path } as const;
  if (session) return appendAudit(services.db, { ...event, actor: actorOf(session), reason: error.message });
  const reason = 'nobody signed in';
  await services.folded.record(services.db, `call ${path}`, { ...event, actor: SYSTEM, reason });
}
