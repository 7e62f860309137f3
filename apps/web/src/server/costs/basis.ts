import { type CostBasis, canonicalCosts, DomainError } from '@blastwise/contracts';
import { findCosts } from '@blastwise/db';
import type { Services } from '../services.ts';
import { learnedCosts } from './learned.ts';
import type { Computed } from './schemas.ts';

/**
 * What costs that were computed from readers' judgements rest on, computed here again: what an approver is shown comes from no
 * browser. CONFLICT where the same would not be computed now.
 */
export async function basisOf(services: Services, computed: Computed | null): Promise<CostBasis | null> {
  if (!computed) return null;
  const { costs, cells } = await learnedCosts(services, computed.weights);
  if (canonicalCosts(costs) !== canonicalCosts({ ...costs, matrix: computed.matrix }))
    throw new DomainError(
      'CONFLICT',
      'Readers have judged more errors, or another version is in force, since these costs were computed. Compute them again, under “From readers’ judgements”.',
    );
  return { weights: computed.weights, cells };
}

/** What a version rests on; null: drawn up by hand. NOT_FOUND without such a version. */
export async function versionBasis({ db }: Services, id: string): Promise<CostBasis | null> {
  const version = await findCosts(db, id);
  if (!version) throw new DomainError('NOT_FOUND', 'There is no such cost matrix.');
  return version.basis;
}
