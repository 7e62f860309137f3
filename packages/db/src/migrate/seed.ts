import { costsDigest, STUDY_COSTS } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { costMatrices, serviceSettings } from '../schema/index.ts';

/** The rows without which nothing can be decided: version 1 of the costs, in force and unvalidated; the settings. */
export async function seed(tx: Queryable): Promise<void> {
  await tx.insert(serviceSettings).values({ id: 1 }).onConflictDoNothing();
  await tx
    .insert(costMatrices)
    .values({
      version: 1,
      name: 'Published study',
      matrix: STUDY_COSTS.matrix,
      referralCost: STUDY_COSTS.referralCost,
      digest: await costsDigest(STUDY_COSTS),
      validated: false,
      status: 'active',
      reason: 'The costs of the published study; its referral cost is ours.',
      decidedAt: sql`now()`,
    })
    .onConflictDoNothing({ target: costMatrices.version });
}
