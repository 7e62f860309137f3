import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { mixSeed, seededRandom } from '../random/index.ts';

export const SIDES = ['train', 'validation', 'test'] as const;
export type Side = (typeof SIDES)[number];

interface Labelled {
  stage: MaturityStage;
}
interface Grouped extends Labelled {
  group: string;
}

/** Shares of the published split, which the grouped one approaches. */
const SHARES: Readonly<Record<Side, number>> = { train: 0.64, validation: 0.2, test: 0.16 };

/**
 * The published split, per stage: train = ceil(0.64 n), validation = ceil(20/36 of the rest), test = the remainder.
 * It leaks: fields of one slide lie on all sides.
 */
export function splitRandomly(fields: readonly Labelled[], seed: number): Side[] {
  const sides: Side[] = fields.map(() => 'test');
  MATURITY_STAGES.forEach((stage, s) => {
    const indices = fields.flatMap((field, i) => (field.stage === stage ? [i] : []));
    const train = Math.ceil(0.64 * indices.length);
    const validation = Math.ceil((20 / 36) * (indices.length - train));
    seededRandom(mixSeed(seed, s))
      .shuffle(indices)
      .forEach((field, rank) => {
        sides[field] = rank < train ? 'train' : rank < train + validation ? 'validation' : 'test';
      });
  });
  return sides;
}

/** Whole groups on one side each, about 64 / 20 / 16 % of every stage. */
export function splitByGroup(fields: readonly Grouped[], seed: number): Side[] {
  const side = assignGroups(
    fields,
    SIDES.map((s) => SHARES[s]),
    seed,
  );
  return side.map((index) => SIDES[index] ?? 'train');
}

/** Whole groups in one of `folds` folds each, about as many fields of every stage in all. Returns fold numbers from 0. */
export function splitFolds(fields: readonly Grouped[], folds: number, seed: number): number[] {
  return assignGroups(fields, new Array<number>(folds).fill(1 / folds), seed);
}

/** Deals shuffled groups, each to the part that still lacks the largest share of what it should hold of its stages. */
function assignGroups(fields: readonly Grouped[], shares: readonly number[], seed: number): number[] {
  const groups = new Map<string, number[]>();
  fields.forEach(({ group }, i) => {
    groups.set(group, [...(groups.get(group) ?? []), i]);
  });
  const count = (indices: readonly number[]): number[] =>
    MATURITY_STAGES.map((stage) => indices.filter((i) => fields[i]?.stage === stage).length);
  const totals = count(fields.map((_, i) => i));
  const held = shares.map(() => MATURITY_STAGES.map(() => 0));
  const part = new Array<number>(fields.length).fill(0);

  for (const indices of seededRandom(seed).shuffle([...groups.values()])) {
    const counts = count(indices);
    const lack = shares.map((share, p) =>
      counts.reduce((sum, n, s) => {
        const wanted = share * (totals[s] ?? 0);
        return wanted === 0 ? sum : sum + (n * (wanted - (held[p]?.[s] ?? 0))) / wanted;
      }, 0),
    );
    const chosen = lack.indexOf(Math.max(...lack));
    counts.forEach((n, s) => {
      const row = held[chosen];
      if (row) row[s] = (row[s] ?? 0) + n;
    });
    for (const i of indices) part[i] = chosen;
  }
  return part;
}
