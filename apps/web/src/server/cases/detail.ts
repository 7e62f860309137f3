import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { CaseDetail } from './schemas.ts';

export async function caseDetail(
  _services: Services,
  _session: ActiveSession,
  _id: string,
): Promise<CaseDetail> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
