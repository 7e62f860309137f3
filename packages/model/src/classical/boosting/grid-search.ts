import { Booster, type BoostingConfig, type LabelledRows } from './fit-boosted-trees.ts';

/** What is searched; the rounds are those of the lowest held-out loss. */
export type SearchedBoosting = Pick<BoostingConfig, 'depth' | 'rate' | 'subsample'>;

/** How trees of some settings do on the rows that they did not learn from, after so many rounds. */
export interface HeldOut {
  readonly rounds: number;
  /** Mean negative log-likelihood, and the share named right. */
  readonly loss: number;
  readonly accuracy: number;
}

export type BoostingPoint = SearchedBoosting & HeldOut;

/** Around the study's depth of 6, rate of 0.1 and subsample of 0.8. */
export const BOOSTING_GRID: readonly SearchedBoosting[] = [3, 6].flatMap((depth) =>
  [0.1, 0.3].flatMap((rate) => [0.5, 0.8, 1].map((subsample) => ({ depth, rate, subsample }))),
);

export interface FoldedRows extends LabelledRows {
  /** Fold of each row: rows of one group share a fold. */
  readonly folds: readonly number[];
  /** Weight of each class. */
  readonly weights: readonly number[];
  readonly seed: number;
}

/**
 * Boosts on all folds but one, each in turn held out, a round of all of them at a time, until the loss of all held-out rows
 * together has not fallen for `patience` rounds. `onRound` is told how they did.
 *
 * @throws DomainError BAD_INPUT where the rows lie in one fold.
 */
export async function crossValidate(
  { rows, labels, folds, weights, seed }: FoldedRows,
  config: BoostingConfig,
  onRound: (heldOut: HeldOut) => Promise<void> | void = () => {},
): Promise<HeldOut> {
  const where = (isWanted: (fold: number | undefined) => boolean): LabelledRows => ({
    rows: rows.filter((_, i) => isWanted(folds[i])),
    labels: labels.filter((_, i) => isWanted(folds[i])),
  });
  const boosters = [...new Set(folds)].map((held) => {
    const validation = where((fold) => fold === held);
    const training = where((fold) => fold !== held);
    const share = validation.rows.length / rows.length;
    return { share, booster: new Booster({ training, validation, weights, seed }, config) };
  });
  let best: HeldOut = { rounds: 0, loss: Number.POSITIVE_INFINITY, accuracy: 0 };
  for (let rounds = 1; rounds <= config.rounds && rounds - best.rounds <= config.patience; rounds++) {
    let [loss, accuracy] = [0, 0];
    for (const { share, booster } of boosters) {
      const { validationLoss, validationAccuracy } = booster.grow();
      loss += share * validationLoss;
      accuracy += share * validationAccuracy;
    }
    const told = { rounds, loss, accuracy };
    if (loss < best.loss) best = told;
    await onRound(told);
  }
  return best;
}

/** The lowest loss first; then the plainer trees. */
export const byLoss = (a: BoostingPoint, b: BoostingPoint): number =>
  a.loss - b.loss || a.depth - b.depth || a.rounds - b.rounds;
