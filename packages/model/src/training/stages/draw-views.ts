import type { SeededRandom } from '../../random/index.ts';
import type { CachedView } from '../cache/index.ts';
import type { StagesConfig } from '../config.ts';
import type { CachedRow } from './answer.ts';

/** Gives a field, each time it is asked for, one of its cached views by the recipe's shares. */
export type DrawView = (field: number, random: SeededRandom) => CachedRow;

/**
 * Only rows that show nothing but training fields can be drawn: a row that borrowed the colours of a field held out
 * would let the network see them.
 */
export function viewDrawer(
  views: readonly CachedView[],
  { views: shares }: Pick<StagesConfig, 'views'>,
  isTraining: (field: number) => boolean,
): DrawView {
  const rowsOf = new Map<number, { at: CachedRow; share: number }[]>();
  for (const view of views.filter(({ use }) => use === 'train')) {
    const plan = shares.find(({ kind }) => kind === view.kind);
    const share = plan ? plan.share / plan.copies : 0;
    view.fields.forEach((field, row) => {
      const donor = view.donors[row] ?? -1;
      if (!isTraining(field) || (donor >= 0 && !isTraining(donor))) return;
      rowsOf.set(field, [...(rowsOf.get(field) ?? []), { at: { view, row }, share }]);
    });
  }
  return (field, random) => {
    const known = rowsOf.get(field) ?? [];
    let rest = random.next() * known.reduce((sum, { share }) => sum + share, 0);
    const drawn = known.find(({ share }) => {
      rest -= share;
      return rest < 0;
    });
    const { at } = drawn ?? known.at(-1) ?? {};
    if (!at) throw new RangeError(`Field ${field} has no view to be trained on.`);
    return at;
  };
}
