import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { Neighbours, WorklistCounts, WorklistPage } from './schemas.ts';

export async function worklist(
  _services: Services,
  _session: ActiveSession,
  _i: unknown,
): Promise<WorklistPage> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function worklistCounts(
  _services: Services,
  _session: ActiveSession,
  _i: unknown,
): Promise<WorklistCounts> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function neighbours(
  _services: Services,
  _session: ActiveSession,
  _i: unknown,
): Promise<Neighbours> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
