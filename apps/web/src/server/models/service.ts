import { DomainError } from '@blastwise/contracts';
import type { Services } from '../services.ts';
import type { ModelVersion } from './schemas.ts';

export async function modelInService(_services: Services): Promise<ModelVersion | null> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
export async function listModels(_services: Services): Promise<ModelVersion[]> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
