import { DomainError, MATURITY_STAGES } from '@blastwise/contracts';
import type { SplitField } from '../../dataset/index.ts';
import { mixSeed, seededRandom } from '../../random/index.ts';
import type { AugmentationSet } from './augmented-copy.ts';

/** A copy to be made. */
export interface PlannedCopy<F extends SplitField = SplitField> {
  readonly source: F;
  /** Which copy of its source, from 1. */
  readonly copy: number;
  /** Where it will lie: `<stage>/<source's file name>~<set>-<copy>.png`. */
  readonly path: string;
}

/**
 * Copies that bring every stage of the train side to the count of its largest: dealt evenly over the stage's fields, in an order
 * drawn by the seed.
 *
 * @throws DomainError BAD_INPUT where a stage has no field to be copied.
 */
export function planRebalancing<F extends SplitField>(
  fields: readonly F[],
  set: AugmentationSet,
  seed: number,
): PlannedCopy<F>[] {
  const stages = MATURITY_STAGES.map((stage) =>
    fields.filter((field) => field.side === 'train' && field.stage === stage),
  );
  const largest = Math.max(...stages.map(({ length }) => length));
  return stages.flatMap((own, stage) => {
    const order = seededRandom(mixSeed(seed, stage)).shuffle(own);
    return Array.from({ length: largest - own.length }, (_, i): PlannedCopy<F> => {
      const source = order[i % order.length];
      if (!source)
        throw new DomainError(
          'BAD_INPUT',
          `The split has no ${MATURITY_STAGES[stage]} field on its train side to be copied.`,
        );
      const copy = Math.floor(i / order.length) + 1;
      return { source, copy, path: `${source.path}~${set}-${copy}.png` };
    });
  });
}
