import { DomainError } from '@blastwise/contracts';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { AuditPage, AuditVerification } from './schemas.ts';

export async function listAudit(_services: Services, _i: unknown): Promise<AuditPage> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function verifyTrail(_services: Services, _session: ActiveSession): Promise<AuditVerification> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
