import { DomainError } from '@blastwise/contracts';
import { peekSession } from '@blastwise/db';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { LiveMessage } from './schemas.ts';

export const RECHECK_MS = 30_000;

/**
 * Live messages for as long as the session stands: it is looked at again every 30 s, without counting as activity.
 * @throws DomainError UNAUTHENTICATED once it has ended.
 */
export async function* liveMessages(
  services: Pick<Services, 'db' | 'live'>,
  session: ActiveSession,
  signal: AbortSignal | undefined,
  recheckMs = RECHECK_MS,
): AsyncGenerator<LiveMessage> {
  const ended = new AbortController();
  const timer = setInterval(() => {
    peekSession(services.db, session.id).then(
      (standing) => standing ?? ended.abort(),
      // The database is away: the stream itself is told when it is back.
      () => undefined,
    );
  }, recheckMs);
  try {
    yield* services.live.messages(AbortSignal.any([ended.signal, ...(signal ? [signal] : [])]));
  } finally {
    clearInterval(timer);
  }
  if (ended.signal.aborted)
    throw new DomainError('UNAUTHENTICATED', 'Your session has ended. Sign in again.');
}
