import type { Queryable } from '../client.ts';
import type { LockedTestUseRow } from '../rows.ts';
import { activeCosts } from './cost-matrices.ts';
import { listLockedTestSets, listLockedTestUses } from './locked-tests.ts';
import { digestInService } from './models.ts';
import { gateMargin } from './settings.ts';

/** What the gate said of a model last, of uses with the newest first. */
export const latestVerdict = (
  uses: readonly LockedTestUseRow[],
  digest: string,
): LockedTestUseRow | undefined =>
  uses.find((use) => use.challengerDigest === digest && use.verdict !== null);

/**
 * Says of a model why what the gate said of it last is nothing to promote it on, one sentence; null: a second person may. The
 * verdict must be for it, against the champion of now, under the costs of now and a margin no wider than that of now, and say
 * how it does on the first locked set, where that set can judge it. A judgement that waits or failed changes nothing.
 */
export async function promotionHindrances(db: Queryable): Promise<(digest: string) => string | null> {
  const champion = await digestInService(db);
  const { id: costMatrixId } = await activeCosts(db);
  const { margin } = await gateMargin(db);
  const [first] = await listLockedTestSets(db);
  const uses = await listLockedTestUses(db);
  return (digest) => {
    const latest = latestVerdict(uses, digest);
    if (!latest) return 'This model has not been judged yet; judge it first.';
    if (latest.verdict !== 'promote') return 'The gate did not let this model pass; the champion stays.';
    if (latest.championDigest !== champion)
      return 'Another model has become champion since the verdict; judge it again.';
    if (latest.costMatrixId !== costMatrixId)
      return 'Another cost matrix is in force since the verdict; judge it again.';
    if (latest.margin > margin) return 'The margin was narrowed since the verdict; judge it again.';
    if (first && latest.setId !== first.id && latest.judgement?.guard === undefined)
      return `The verdict does not say how this model does on the first locked test set, ${first.name}; judge it again.`;
    return null;
  };
}
