import { DRIFT_QUANTITIES, type DriftFinding, type DriftQuantity } from '@blastwise/contracts';
import { alarmThreshold } from './alarm-threshold.ts';
import { type Ordered, quantileBins, toBins } from './bins.ts';
import { type Distribution, distributionOf, type Positions } from './distribution.ts';
import { deviationsOf, spread } from './spread.ts';
import { ksStatistic, type Measure, psi } from './statistics.ts';
import { statisticOf, WATCHED, type WatchedField } from './watched.ts';

/** The fields of one patient's cases: what is drawn and counted as one, since they are alike. */
export type WatchedCase = readonly WatchedField[];

export interface WatchRules {
  /** Share of windows without drift in which any of the quantities raises an alarm, at most. */
  readonly falseAlarms: number;
  /** Cases with a quantity below which nothing is said of it. */
  readonly leastReference: number;
  readonly leastWindow: number;
  readonly draws: number;
}

export const WATCH_RULES: WatchRules = {
  falseAlarms: 0.01,
  leastReference: 20,
  leastWindow: 10,
  draws: 9_999,
};

/** Shares of cases do not add up exactly. */
const ROUNDING = 1e-9;

export interface JudgeOptions {
  readonly seed: number;
  readonly rules?: WatchRules;
  /** Of DRIFT_QUANTITIES; the rest is judged in windows of its own. */
  readonly quantities: readonly DriftQuantity[];
}

/** Says of a window's cases, quantity by quantity, how far they lie from the reference. */
export type Judge = (window: readonly WatchedCase[]) => DriftFinding[];

/**
 * A judge of windows against a reference. The false alarms of all DRIFT_QUANTITIES together stay within the rules by
 * Bonferroni's inequality: each may have its equal share of them.
 */
export function judgeAgainst(
  reference: readonly WatchedCase[],
  { seed, rules = WATCH_RULES, quantities }: JudgeOptions,
): Judge {
  const judges = quantities.map((quantity) =>
    judgeQuantity(quantity, reference, seed + DRIFT_QUANTITIES.indexOf(quantity), rules),
  );
  return (window) => judges.map((judge) => judge(window));
}

/** Whether so many cases tell enough of a quantity to be its reference. */
export const suffices = (
  quantity: DriftQuantity,
  reference: readonly WatchedCase[],
  { leastReference }: WatchRules = WATCH_RULES,
): boolean => valuesOf(reference, WATCHED[quantity].of).length >= leastReference;

const MEASURES: Readonly<Record<DriftFinding['statistic'], Measure>> = {
  ks: () => ksStatistic,
  difference: () => ksStatistic,
  psi: () => psi,
  spread,
};

function judgeQuantity(
  quantity: DriftQuantity,
  reference: readonly WatchedCase[],
  seed: number,
  rules: WatchRules,
): (window: readonly WatchedCase[]) => DriftFinding {
  const statistic = statisticOf(quantity);
  const measure = MEASURES[statistic];
  const tail = rules.falseAlarms / DRIFT_QUANTITIES.length;
  return (window) => {
    const { positions, values, bins } = compare(quantity, reference, window);
    const [referenceCases, windowCases] = [positions.reference.length, positions.window.length];
    const about = { quantity, statistic, referenceCases, windowCases };
    if (referenceCases < rules.leastReference || windowCases < rules.leastWindow) {
      return { ...about, state: 'too-few-cases', value: null, threshold: null, psi: null, bins: [] };
    }
    const value = measure(values)(
      distributionOf(positions.reference, values.length),
      distributionOf(positions.window, values.length),
    );
    const threshold = alarmThreshold(measure, positions, values, { seed, draws: rules.draws, tail });
    return {
      ...about,
      state: value > threshold + ROUNDING ? 'drifting' : 'steady',
      value,
      threshold,
      psi: psi(bins.reference, bins.window),
      bins: toBins(bins.reference, bins.window, bins),
    };
  };
}

interface Compared {
  readonly positions: { readonly reference: Positions; readonly window: Positions };
  /** What lies at each position. */
  readonly values: readonly number[];
  readonly bins: { readonly reference: Distribution; readonly window: Distribution } & (
    | { readonly names: readonly string[] }
    | { readonly edges: readonly number[] }
  );
}

/** Values of each case that has any. */
const valuesOf = (cases: readonly WatchedCase[], of: (field: WatchedField) => number | null): number[][] =>
  cases
    .map((fields) => fields.map(of).filter((value) => value !== null))
    .filter((values) => values.length > 0);

function compare(
  quantity: DriftQuantity,
  reference: readonly WatchedCase[],
  window: readonly WatchedCase[],
): Compared {
  const watched = WATCHED[quantity];
  const [before, now] = [valuesOf(reference, watched.of), valuesOf(window, watched.of)];
  if (watched.kind === 'category') {
    const { names } = watched;
    const [r, w] = [distributionOf(before, names.length), distributionOf(now, names.length)];
    return {
      positions: { reference: before, window: now },
      values: [...names.keys()],
      bins: { reference: r, window: w, names },
    };
  }
  const ordered = order(before, now);
  const shown = watched.kind === 'spread' ? order(apart(before), apart(now)) : ordered;
  return { positions: ordered, values: ordered.values, bins: quantileBins(shown) };
}

/** Each number's distance from the median of all. */
function apart(cases: readonly number[][]): number[][] {
  const { values, reference } = order(cases, []);
  const deviations = deviationsOf(distributionOf(reference, values.length), values);
  return reference.map((positions) => positions.map((position) => deviations[position] ?? 0));
}

/** Where numbers lie among all numbers of both. */
function order(reference: readonly number[][], window: readonly number[][]): Ordered {
  const values = [...new Set([...reference.flat(), ...window.flat()])].sort((a, b) => a - b);
  const place = new Map(values.map((value, position) => [value, position]));
  const placed = (cases: readonly number[][]): Positions =>
    cases.map((numbers) => numbers.map((value) => place.get(value) ?? 0));
  return { values, reference: placed(reference), window: placed(window) };
}
