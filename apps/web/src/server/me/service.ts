import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { Profile, SessionSummary } from './schemas.ts';

export async function profileOf(_session: ActiveSession): Promise<Profile> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function changePassword(
  _services: Services,
  _session: ActiveSession,
  _i: { current: string; next: string },
): Promise<{ done: true }> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function listSessions(_services: Services, _session: ActiveSession): Promise<SessionSummary[]> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function endSession(
  _services: Services,
  _session: ActiveSession,
  _id: string,
): Promise<{ done: true }> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
