import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { mixSeed, seededRandom } from '../random/index.ts';

/** `calibration`: used for nothing but the thresholds of the prediction sets. */
export const SIDES = ['train', 'validation', 'calibration', 'test'] as const;
export type Side = (typeof SIDES)[number];

interface Labelled {
  stage: MaturityStage;
}
interface Grouped extends Labelled {
  group: string;
}

/** Most is trained on: a look that was never seen is what a model errs on. */
const SHARES: Readonly<Record<Side, number>> = {
  train: 0.8,
  validation: 0.06,
  calibration: 0.06,
  test: 0.08,
};

/** Of what a small part should hold of a stage, the most that one group may be: its figures should tell of the stage. */
const MOST_OF_ONE_GROUP = 0.5;

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

/** Whole groups on one side each, about 80 / 6 / 6 / 8 % of every stage. */
export function splitByGroup(fields: readonly Grouped[], seed: number): Side[] {
  return dealSides(fields, SIDES, seed);
}

function dealSides(fields: readonly Grouped[], sides: readonly Side[], seed: number): Side[] {
  const all = sides.reduce((sum, side) => sum + SHARES[side], 0);
  const shares = sides.map((side) => SHARES[side] / all);
  return assignGroups(fields, shares, seed).map((part) => sides[part] ?? 'train');
}

/** Sides of the training that is judged on fold `held`: that fold is the test, the rest is dealt by groups. */
export function sidesOfFold(
  fields: readonly Grouped[],
  folds: readonly number[],
  held: number,
  seed: number,
): Side[] {
  const rest = fields.flatMap((field, i) => (folds[i] === held ? [] : [{ ...field, i }]));
  const sides = fields.map((): Side => 'test');
  dealSides(rest, ['train', 'validation', 'calibration'], mixSeed(seed, held)).forEach((side, k) => {
    const { i = -1 } = rest[k] ?? {};
    sides[i] = side;
  });
  return sides;
}

/** Whole groups in one of `folds` folds each, about as many fields of every stage in all. Returns fold numbers from 0. */
export function splitFolds(fields: readonly Grouped[], folds: number, seed: number): number[] {
  return assignGroups(fields, new Array<number>(folds).fill(1 / folds), seed);
}

/**
 * Deals shuffled groups, each to the part that still lacks the largest share of what it should hold of its stages.
 * Groups that would be most of a small part are the largest part's, where there are smaller ones enough.
 */
function assignGroups(fields: readonly Grouped[], shares: readonly number[], seed: number): number[] {
  const groups = new Map<string, number[]>();
  fields.forEach(({ group }, i) => {
    groups.set(group, [...(groups.get(group) ?? []), i]);
  });
  const count = (indices: readonly number[]): number[] =>
    MATURITY_STAGES.map((stage) => indices.filter((i) => fields[i]?.stage === stage).length);
  const totals = count(fields.map((_, i) => i));
  const wanted = shares.map((share) => totals.map((total) => share * total));
  const limits = groupLimits([...groups.values()].map(count), wanted);
  const held = shares.map(() => MATURITY_STAGES.map(() => 0));
  const part = new Array<number>(fields.length).fill(0);

  for (const indices of seededRandom(seed).shuffle([...groups.values()])) {
    const counts = count(indices);
    const lack = wanted.map((ofPart, p) =>
      counts.some((n, s) => n > (limits[p]?.[s] ?? 0))
        ? Number.NEGATIVE_INFINITY
        : counts.reduce((sum, n, s) => {
            const ofStage = ofPart[s] ?? 0;
            return ofStage === 0 ? sum : sum + (n * (ofStage - (held[p]?.[s] ?? 0))) / ofStage;
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

/** Largest count of a stage that a group may bring into a part, from the groups' counts and the parts' wanted ones. */
function groupLimits(groups: readonly number[][], wanted: readonly number[][]): number[][] {
  return wanted.map((ofPart) =>
    ofPart.map((n, s) => {
      const largest = Math.max(...wanted.map((other) => other[s] ?? 0));
      if (n >= largest) return Number.POSITIVE_INFINITY;
      const small = wanted.reduce((sum, { [s]: other = 0 }) => sum + (other < largest ? other : 0), 0);
      const limit = MOST_OF_ONE_GROUP * n;
      const fitting = groups.reduce((sum, { [s]: own = 0 }) => sum + (own <= limit ? own : 0), 0);
      return fitting >= small ? limit : Number.POSITIVE_INFINITY;
    }),
  );
}
