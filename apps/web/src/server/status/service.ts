import { DomainError } from '@blastwise/contracts';
import type { Services } from '../services.ts';
import type { ServiceStatus } from './schemas.ts';

export async function serviceStatus(_services: Services): Promise<ServiceStatus> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
