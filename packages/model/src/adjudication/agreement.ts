import type { MaturityStage } from '@blastwise/contracts';
import { quantile } from '../metrics/bootstrap.ts';
import type { Bounds } from '../metrics/wilson.ts';
import { seededRandom } from '../random/index.ts';

/** What two readers said of one field; null: not assessable. `group`: the case, whose fields are drawn together. */
export interface ReadTwice {
  readonly group: string;
  readonly first: MaturityStage | null;
  readonly second: MaturityStage | null;
}

export interface Agreement {
  readonly fields: number;
  readonly groups: number;
  /** Share of fields on which the two say the same, 0..1. */
  readonly observed: number;
  /** Cohen's kappa; null where chance alone agrees fully. */
  readonly kappa: number | null;
  /** 95 % by bootstrap over groups; null with fewer than two groups or where kappa is undefined in most draws. */
  readonly interval: Bounds | null;
}

const RESAMPLES = 2000;
const TAIL = 0.025;

/** Cohen's kappa (1960) over any categories: (observed - chance) / (1 - chance). */
export function kappaOf(pairs: readonly Pick<ReadTwice, 'first' | 'second'>[]): number | null {
  const n = pairs.length;
  if (n === 0) return null;
  const shares = (values: readonly (MaturityStage | null)[]) => {
    const counts = new Map<MaturityStage | null, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1 / n);
    return counts;
  };
  const [first, second] = [shares(pairs.map((p) => p.first)), shares(pairs.map((p) => p.second))];
  const chance = [...first].reduce((sum, [value, share]) => sum + share * (second.get(value) ?? 0), 0);
  const observed = pairs.filter((p) => p.first === p.second).length / n;
  return 1 - chance < 1e-12 ? null : (observed - chance) / (1 - chance);
}

/**
 * How far two readers agree on the fields that both read. The interval draws whole cases with replacement, since fields of one
 * smear are read alike.
 */
export function agreementOf(pairs: readonly ReadTwice[], seed: number): Agreement | null {
  const n = pairs.length;
  if (n === 0) return null;
  const groups = [...Map.groupBy(pairs, ({ group }) => group).values()];
  const observed = pairs.filter((p) => p.first === p.second).length / n;
  return {
    fields: n,
    groups: groups.length,
    observed,
    kappa: kappaOf(pairs),
    interval: intervalOf(groups, seed),
  };
}

function intervalOf(groups: readonly (readonly ReadTwice[])[], seed: number): Bounds | null {
  if (groups.length < 2) return null;
  const random = seededRandom(seed);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    kappaOf(groups.flatMap(() => groups[random.int(groups.length)] ?? [])),
  ).filter((kappa) => kappa !== null);
  if (drawn.length < RESAMPLES / 2) return null;
  const ascending = drawn.sort((a, b) => a - b);
  return { lower: quantile(ascending, TAIL), upper: quantile(ascending, 1 - TAIL) };
}
