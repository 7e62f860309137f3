import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { Settings } from './schemas.ts';

export async function getSettings(_services: Services): Promise<Settings> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function setAi(_services: Services, _session: ActiveSession, _i: unknown): Promise<Settings> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
