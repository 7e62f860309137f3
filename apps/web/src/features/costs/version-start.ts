import type { Computed, CostBasis, CostVersion, DraftStart } from './types.ts';
import { cellKey } from './types.ts';

/** The numbers of an earlier version, to be proposed again. */
export const startAgain = (version: CostVersion, active: CostVersion): DraftStart => ({
  activeId: active.id,
  costs: version.costs,
  name: version.name,
  reason: '',
  computed: null,
  replaces: null,
});

/** A draft to be changed: what is made of it takes its place, where its author makes it. */
export const startFromDraft = (
  draft: CostVersion,
  active: CostVersion,
  { own, basis }: { own: boolean; basis: CostBasis | null },
): DraftStart => ({
  ...startAgain(draft, active),
  reason: draft.reason ?? '',
  computed: basis && computedIn(draft, basis),
  replaces: own ? draft.id : null,
});

/** The matrix that a version started from, as it was computed. */
function computedIn({ costs: { stages } }: CostVersion, { weights, cells }: CostBasis): Computed {
  const proposed = new Map(cells.map((cell) => [cellKey(cell), cell.proposed]));
  const [benign, early, pre, pro] = stages;
  const row = (actual: (typeof stages)[number]): [number, number, number, number] => {
    const of = (predicted: (typeof stages)[number]) => proposed.get(cellKey({ actual, predicted })) ?? 0;
    return [of(benign), of(early), of(pre), of(pro)];
  };
  return { weights, matrix: [row(benign), row(early), row(pre), row(pro)] };
}
