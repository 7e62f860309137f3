import { DomainError } from '@blastwise/contracts';
import type { Services } from '../services.ts';
import type { CostPreview } from './schemas.ts';

export async function previewCosts(_services: Services, _c: unknown): Promise<CostPreview> {
  throw new DomainError('UNAVAILABLE', 'Not available yet.');
}
