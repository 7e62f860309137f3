import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { SubmittedCase } from './schemas.ts';

export async function submitCase(
  _services: Services,
  _session: ActiveSession,
  _i: unknown,
): Promise<SubmittedCase> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function retryField(
  _services: Services,
  _session: ActiveSession,
  _id: string,
): Promise<{ done: true }> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
