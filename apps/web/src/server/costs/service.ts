import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { CostVersion } from './schemas.ts';

export async function activeVersion(_services: Services): Promise<CostVersion> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function listVersions(_services: Services): Promise<CostVersion[]> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function proposeVersion(
  _services: Services,
  _session: ActiveSession,
  _i: unknown,
): Promise<CostVersion> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function activateVersion(
  _services: Services,
  _session: ActiveSession,
  _i: unknown,
): Promise<{ version: CostVersion; redecided: number }> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function rejectVersion(
  _services: Services,
  _session: ActiveSession,
  _i: unknown,
): Promise<CostVersion> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
