import type { ViewKind } from '../../counterfactual/index.ts';
import type { Side } from '../../dataset/index.ts';
import type { StagesConfig } from '../config.ts';
import type { TrainingViewKind } from '../views/index.ts';

/** One way to show every field of some sides. */
export type ViewPlan = { readonly name: string; readonly sides: readonly Side[] } & (
  | { readonly use: 'train'; readonly kind: TrainingViewKind }
  | { readonly use: 'judge'; readonly kind: ViewKind }
);

const ALL_SIDES: readonly Side[] = ['train', 'validation', 'calibration', 'test'];
/** What every epoch is judged on: the fields as they are, and the copies that keep their stage. */
const JUDGED_KINDS = ['plain', 'recoloured', 'grey', 'cells-only'] as const;
/** What a fold is judged on after its last epoch. */
const COPIES = ['plain', 'recoloured', 'grey', 'cells-only', 'cell-less'] as const;

/**
 * The views that a run caches. With folds every field is trained on by some and judged by one; without, the training
 * side needs only one view as it is, for the features that go into the artifact.
 */
export function planViews({ views }: StagesConfig, folds: number): ViewPlan[] {
  const training = views.flatMap(({ kind, copies }) =>
    Array.from({ length: copies }, (_, copy): ViewPlan => {
      const sides: readonly Side[] = folds > 0 ? ALL_SIDES : ['train'];
      return { name: `train-${kind}-${copy}`, use: 'train', kind, sides };
    }),
  );
  const judged = folds > 0 ? COPIES : JUDGED_KINDS;
  return [
    ...judged.map((kind): ViewPlan => {
      const sides: readonly Side[] =
        folds > 0 ? ALL_SIDES : kind === 'plain' ? ['train', 'validation', 'calibration'] : ['validation'];
      return { name: `judge-${kind}`, use: 'judge', kind, sides };
    }),
    ...training,
  ];
}
