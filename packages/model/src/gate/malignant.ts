import { estimate } from '../metrics/index.ts';
import { reachOfDifference } from '../metrics/mover.ts';
import { exactLower, exactUpper } from './binomial.ts';
import { type PairedOutcome, sumByGroup } from './outcome.ts';

/** The bound is one-sided at 95 %. */
const TAIL = 0.05;

/** How often malignant fields are called Benign, and how much worse the challenger may be. */
export interface MalignantToBenign {
  /** Malignant fields called Benign / malignant fields; null where no field is malignant. */
  readonly champion: number | null;
  readonly challenger: number | null;
  /** One-sided 95 % upper bound of challenger minus champion, -1..1; 1 where no field is malignant. */
  readonly upper: number;
  readonly fields: number;
  readonly groups: number;
  /** Malignant fields that only the champion, and only the challenger, calls Benign. */
  readonly onlyChampion: number;
  readonly onlyChallenger: number;
}

/**
 * Compares the malignant-to-Benign rates over malignant fields. The bound is the larger of two:
 *
 * - the 95th percentile of the difference when whole groups are drawn again (Efron & Tibshirani 1993), which holds
 *   the clustering of the errors that were seen, but is 0 where the models never differ;
 * - `d + sqrt((u - b)^2 - 2 r (u - b)(c - l) + (c - l)^2)` with b and c the shares that only the challenger and only the
 *   champion misses, `d = b - c`, and r their correlation (MOVER; Zou & Donner 2008; paired: Newcombe 1998). u and l are
 *   exact binomial bounds of b and c on numbers reduced by their design effect (Korn & Graubard 1998). Errors that never
 *   occurred are bounded as if fields were independent: 3 / fields.
 */
export function malignantToBenign(
  outcomes: readonly PairedOutcome[],
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): MalignantToBenign {
  const malignant = outcomes.filter(({ actual }) => actual !== 'Benign');
  const count = (missed: (o: PairedOutcome) => boolean): number => malignant.filter(missed).length;
  const n = malignant.length;
  const worse = (o: PairedOutcome): boolean => o.challenger === 'Benign' && o.champion !== 'Benign';
  const better = (o: PairedOutcome): boolean => o.champion === 'Benign' && o.challenger !== 'Benign';
  const drawn = estimate(
    malignant.map((o) => ({ group: o.group, value: Number(worse(o)) - Number(better(o)) })),
    seed,
    { resamples, tail: TAIL },
  );
  return {
    champion: n === 0 ? null : count((o) => o.champion === 'Benign') / n,
    challenger: n === 0 ? null : count((o) => o.challenger === 'Benign') / n,
    upper: drawn
      ? Math.max(
          drawn.upper,
          riseBound(
            sumByGroup(malignant, (o) => Number(worse(o))),
            sumByGroup(malignant, (o) => Number(better(o))),
            n,
          ),
        )
      : 1,
    fields: n,
    groups: new Set(malignant.map(({ group }) => group)).size,
    onlyChampion: count(better),
    onlyChallenger: count(worse),
  };
}

/** Upper bound of the share counted in `worse` minus the one counted in `better`, both per group, of `n` fields. */
export function riseBound(worse: readonly number[], better: readonly number[], n: number): number {
  const [rising, falling] = [clustered(worse), clustered(better)];
  const [b, c] = [rising.sum / n, falling.sum / n];
  const up = exactUpper(Math.ceil(rising.sum / rising.effect), Math.floor(n / rising.effect), TAIL) - b;
  const down = c - exactLower(Math.floor(falling.sum / falling.effect), Math.ceil(n / falling.effect), TAIL);
  const r = b * c === 0 ? 0 : -Math.sqrt((b * c) / ((1 - b) * (1 - c)));
  return Math.min(1, b - c + reachOfDifference(up, down, r));
}

/**
 * Errors that come in clusters of k say as much as their number divided by `sum of k^2 / sum of k`, the design effect of
 * a compound Poisson count; 1 where there is none.
 */
function clustered(perGroup: readonly number[]): { sum: number; effect: number } {
  const sum = perGroup.reduce((a, k) => a + k, 0);
  const squares = perGroup.reduce((a, k) => a + k * k, 0);
  return { sum, effect: sum === 0 ? 1 : squares / sum };
}

/** Malignant fields needed before a rise above `margin` can be ruled out, if the challenger misses none anew. */
export const fieldsNeeded = (margin: number): number => Math.ceil(Math.log(TAIL) / Math.log1p(-margin));

/** The rise that `groups` alone rule out where none was seen, if a whole group would be missed at once. */
export const riseByWholeGroups = (groups: number): number => exactUpper(0, groups, TAIL);
