import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { User } from './schemas.ts';

export async function listUsers(_services: Services): Promise<User[]> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function createUser(_services: Services, _session: ActiveSession, _i: unknown): Promise<User> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function setRole(_services: Services, _session: ActiveSession, _i: unknown): Promise<User> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function setDisabled(_services: Services, _session: ActiveSession, _i: unknown): Promise<User> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
