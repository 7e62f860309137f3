import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { LiveMessage } from './schemas.ts';

export async function* liveMessages(
  _services: Services,
  _session: ActiveSession,
  _signal: AbortSignal | undefined,
): AsyncGenerator<LiveMessage> {
  yield { kind: 'connected' };
}
