import { createHash } from 'node:crypto';
import type { Reception } from '@blastwise/contracts';

interface Received {
  readonly reception: Reception;
  readonly isSettled: boolean;
}

const BYTES = 6;

/** A number of a case's own, 0..1: the same at every judgement, and nobody chooses it. */
function lotOf(caseId: string): number {
  const hash = createHash('sha256').update(`even selection ${caseId}`).digest();
  return hash.readUIntBE(0, BYTES) / 2 ** (8 * BYTES);
}

/** Whether a settled field of a case may judge two models, by how the answer for it was received. */
export type EvenSelection = (caseId: string, reception: Reception) => boolean;

/**
 * Evens out which fields get settled. Readers look twice where the answer was wrong; among settled fields the model that gave
 * the answers then errs more often than in practice, and one that errs as often elsewhere would look better. With s(h) the
 * share of the fields received as h that are settled, fields are kept with probability
 *
 *     min(1, s(unopposed) / s(h))
 *
 * (rejection sampling; von Neumann 1951), so that whatever the reception at most the share s(unopposed) of all fields is left:
 * errors of the model that answered are no more frequent than they were. A reader who did not see the answer was not moved by
 * it: such fields are all kept. Where every answer was opposed, there is nothing to be out of proportion to. The lot is drawn by case, since fields of one case are settled together.
 */
export function evenSelection(fields: readonly Received[]): EvenSelection {
  const counts = new Map<Reception, { all: number; settled: number }>();
  for (const { reception, isSettled } of fields) {
    const { all, settled } = counts.get(reception) ?? { all: 0, settled: 0 };
    counts.set(reception, { all: all + 1, settled: settled + Number(isSettled) });
  }
  const settledShare = (reception: Reception): number => {
    const { all, settled } = counts.get(reception) ?? { all: 0, settled: 0 };
    return all === 0 ? 0 : settled / all;
  };
  const even = counts.has('unopposed') ? settledShare('unopposed') : 1;
  return (caseId, reception) => reception === 'unseen' || lotOf(caseId) * settledShare(reception) < even;
}
