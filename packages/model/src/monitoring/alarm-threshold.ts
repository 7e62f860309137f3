import { type SeededRandom, seededRandom } from '../random/index.ts';
import { addCase, type Distribution, type Positions } from './distribution.ts';
import type { Measure } from './statistics.ts';

export interface ThresholdOptions {
  readonly seed: number;
  readonly draws: number;
  /** Share of windows without drift that may exceed the threshold, 0..1. */
  readonly tail: number;
}

interface TwoSamples {
  readonly reference: Positions;
  readonly window: Positions;
}

/**
 * What a statistic must exceed before a window counts as drifting: the cases of reference and window are mixed and dealt out
 * anew again and again (permutation test by group; Pitman 1937; Good 2005, Permutation, parametric and bootstrap tests, 3.2).
 * Where nothing has changed, the true deal is one of them like any other. So with the (a + 1)-th largest of the statistics
 * drawn, a = floor(tail * (draws + 1)) - 1, at most `tail` of such windows exceed it: exactly, whatever the distribution, the
 * number of cases and the correlation inside them (Phipson & Smyth 2010). Infinite where so few draws can prove nothing.
 */
export function alarmThreshold(
  measure: Measure,
  { reference, window }: TwoSamples,
  values: readonly number[],
  { seed, draws, tail }: ThresholdOptions,
): number {
  const random = seededRandom(seed);
  const [statistic, size] = [measure(values), values.length];
  const [before, now] = [emptyOf(reference, size), emptyOf(window, size)];
  const cards = [...window, ...reference];
  const drawn = Float64Array.from({ length: draws }, () => {
    deal(cards, now.cases, random);
    fill(now, cards.slice(0, now.cases));
    fill(before, cards.slice(now.cases));
    return statistic(before, now);
  }).sort();
  return drawn[draws - Math.floor(tail * (draws + 1))] ?? Number.POSITIVE_INFINITY;
}

const emptyOf = (cases: Positions, size: number): Distribution => ({
  shares: new Float64Array(size),
  cases: cases.length,
});

function fill({ shares, cases }: Distribution, dealt: Positions): void {
  shares.fill(0);
  for (const values of dealt) addCase(shares, values, cases);
}

/** Any `hand` of the cards, equally likely, come to lie first (Fisher-Yates, stopped after them). */
function deal<Card>(cards: Card[], hand: number, random: SeededRandom): void {
  for (let i = 0; i < hand; i++) {
    const j = i + random.int(cards.length - i);
    [cards[i], cards[j]] = [cards[j] as Card, cards[i] as Card];
  }
}
