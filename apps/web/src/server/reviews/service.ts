import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { CaseDetail } from '../cases/schemas.ts';
import type { Services } from '../services.ts';
import type { Correction } from './schemas.ts';

export async function recordOpinion(
  _services: Services,
  _session: ActiveSession,
  _i: unknown,
): Promise<CaseDetail> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function correctionHistory(
  _services: Services,
  _session: ActiveSession,
  _id: string,
): Promise<Correction[]> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
