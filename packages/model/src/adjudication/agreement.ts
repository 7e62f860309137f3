import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { quantile } from '../metrics/bootstrap.ts';
import type { Bounds } from '../metrics/wilson.ts';
import { seededRandom } from '../random/index.ts';

/** What two readers said of one field; null: not assessable. `group`: the patient, whose fields are drawn together. */
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
  /**
   * 95 % by bootstrap over groups. `too-few`: of fewer than MIN_GROUPS. `too-uniform`: every draw gives the same kappa, or
   * most give none, so that nothing shows how far it could lie from the truth.
   */
  readonly interval: Bounds | 'too-few' | 'too-uniform';
}

export interface AgreementOptions {
  readonly seed: number;
  /** Several pairs of readers together: nobody is the first or the second, so every field counts both ways round. */
  readonly interchangeable?: boolean;
}

/** Of fewer groups there are too few different draws: an interval would look surer than it is. */
const MIN_GROUPS = 5;
const RESAMPLES = 2000;
const TAIL = 0.025;
/** Far above what rounding does to equal kappas, far below what one more field does. */
const SAME = 1e-9;

const WORDS: readonly (MaturityStage | null)[] = [...MATURITY_STAGES, null];
const N = WORDS.length;

/** Number of fields in each cell of the table: what the first reader says by what the second says. */
type Counts = ReadonlyMap<number, number>;

const cellOf = (first: MaturityStage | null, second: MaturityStage | null) =>
  WORDS.indexOf(first) * N + WORDS.indexOf(second);

function countsOf(pairs: readonly Pick<ReadTwice, 'first' | 'second'>[], bothWays = false): Counts {
  const counts = new Map<number, number>();
  const count = (cell: number) => counts.set(cell, (counts.get(cell) ?? 0) + 1);
  for (const { first, second } of pairs) {
    count(cellOf(first, second));
    if (bothWays) count(cellOf(second, first));
  }
  return counts;
}

/** Cohen's kappa (1960): (observed - chance) / (1 - chance); null where chance alone agrees fully or nothing was read. */
function kappaOfCounts(groups: readonly Counts[]): number | null {
  const [rows, columns] = [new Array<number>(N).fill(0), new Array<number>(N).fill(0)];
  let [total, same] = [0, 0];
  for (const counts of groups) {
    for (const [cell, count] of counts) {
      const [row, column] = [Math.floor(cell / N), cell % N];
      rows[row] = (rows[row] ?? 0) + count;
      columns[column] = (columns[column] ?? 0) + count;
      total += count;
      if (row === column) same += count;
    }
  }
  const chance = rows.reduce((sum, count, word) => sum + count * (columns[word] ?? 0), 0) / total ** 2;
  return total === 0 || 1 - chance < 1e-12 ? null : (same / total - chance) / (1 - chance);
}

export const kappaOf = (pairs: readonly Pick<ReadTwice, 'first' | 'second'>[]): number | null =>
  kappaOfCounts([countsOf(pairs)]);

/**
 * How far two readers, or the pairs of several, agree on the fields that both read. The interval draws whole groups (patients) with
 * replacement, since fields of one patient are read alike.
 */
export function agreementOf(
  pairs: readonly ReadTwice[],
  { seed, interchangeable = false }: AgreementOptions,
): Agreement | null {
  if (pairs.length === 0) return null;
  const groups = [...Map.groupBy(pairs, ({ group }) => group).values()].map((fields) =>
    countsOf(fields, interchangeable),
  );
  return {
    fields: pairs.length,
    groups: groups.length,
    observed: pairs.filter((p) => p.first === p.second).length / pairs.length,
    kappa: kappaOfCounts(groups),
    interval: intervalOf(groups, seed),
  };
}

function intervalOf(groups: readonly Counts[], seed: number): Agreement['interval'] {
  if (groups.length < MIN_GROUPS) return 'too-few';
  const random = seededRandom(seed);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    kappaOfCounts(groups.map(() => groups[random.int(groups.length)] ?? new Map())),
  ).filter((kappa) => kappa !== null);
  if (drawn.length < RESAMPLES / 2) return 'too-uniform';
  const ascending = drawn.sort((a, b) => a - b);
  const [lower, upper] = [quantile(ascending, TAIL), quantile(ascending, 1 - TAIL)];
  return upper - lower < SAME ? 'too-uniform' : { lower, upper };
}
