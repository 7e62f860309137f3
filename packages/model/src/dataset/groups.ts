import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { cellsOf } from './cells.ts';
import type { DuplicatePair } from './duplicates.ts';
import { LOOK_LENGTH, type Look } from './look.ts';
import { components } from './union-find.ts';
import { cutTree, wardTree } from './ward.ts';

/** Background first, then spread, then stain, which also depends on how many cells a field shows, then position. */
const WEIGHTS = [1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5];
/** Neighbours in file number are likelier to come from one slide, but slides are spread over the numbers. */
const POSITION_WEIGHT = 0.5;

/** Look-alikes at most this many places apart in the stage's file order are neighbours. */
const NEIGHBOUR_DISTANCE = 12;

/** How fields are grouped; `looks` keeps all fields of one look together, however far apart in number: harder than the data's slides ask. */
export const GROUPINGS = ['neighbours', 'looks'] as const;
export type Grouping = (typeof GROUPINGS)[number];

const LARGEST_SHARE = 0.06;
const LARGEST = 60;
const SMALLEST = 5;

interface Member {
  stage: MaturityStage;
  look: Look;
}

/**
 * Puts fields that may come from one slide into one group: near-duplicates always, and look-alikes of one stage that
 * are neighbours in number (decision 23). Slides are not named in the data, so looks are clustered (Ward) and the tree
 * is cut where a look holds at most 6 % of its stage, never more than 60 fields: near the 37 fields a patient of the
 * published set. Above 4,096 fields a stage is first divided into cells, each clustered by itself. Clusters under 5 fields join the nearest. Fields must be sorted by stage and number. Returns one group
 * name per field, `<stage>-<number>`, the same for the same fields.
 */
export function groupFields(
  fields: readonly Member[],
  duplicates: readonly DuplicatePair[],
  grouping: Grouping,
): string[] {
  const same: [number, number][] = duplicates.map(({ a, b }) => [a, b]);
  const distance = grouping === 'looks' ? fields.length : NEIGHBOUR_DISTANCE;
  const neighbours = MATURITY_STAGES.flatMap((stage) => {
    const indices = fields.flatMap((field, i) => (field.stage === stage ? [i] : []));
    return clusterStage(fields, indices, same).flatMap((look) => linkNeighbours(look, distance));
  });
  return nameGroups(fields, components(fields.length, [...same, ...neighbours]));
}

/** Links every field of a look to the next one by number, where that is at most `distance` away. */
function linkNeighbours(look: readonly number[], distance: number): [number, number][] {
  const ordered = look.toSorted((a, b) => a - b);
  return ordered.slice(1).flatMap((next, k): [number, number][] => {
    const before = ordered[k] ?? next;
    return next - before <= distance ? [[before, next]] : [];
  });
}

/** Clusters the fields `indices` of one stage; returns lists of field indices. */
function clusterStage(
  fields: readonly Member[],
  indices: readonly number[],
  links: readonly (readonly [number, number])[],
): number[][] {
  const vectors = standardise(indices.map((i) => fields[i]?.look ?? []));
  const local = new Map(indices.map((field, i) => [field, i]));
  const inside = links.flatMap(([a, b]): [number, number][] => {
    const [i, j] = [local.get(a), local.get(b)];
    return i === undefined || j === undefined ? [] : [[i, j]];
  });
  const families = gather(components(indices.length, inside));
  const points = families.map((family) => meanOf(family.map((i) => vectors[i] ?? [])));
  const limit = largestGroup(indices.length);
  const clusters = cellsOf(points).flatMap((cell) => {
    const tree = wardTree(
      cell.map((point) => points[point] ?? []),
      cell.map((point) => families[point]?.length ?? 0),
    );
    return cutTree(tree, limit).map(({ members }) => members.flatMap((m) => families[cell[m] ?? -1] ?? []));
  });
  return joinSmall(clusters, vectors, Math.min(SMALLEST, Math.floor(limit / 2))).map((cluster) =>
    cluster.map((i) => indices[i] ?? 0),
  );
}

/** How many fields a group of a stage of `n` may hold. */
export const largestGroup = (n: number): number =>
  Math.min(LARGEST, Math.max(2, Math.round(LARGEST_SHARE * n)));

/** Weighted z-scores of the looks, with the position in the stage as a last coordinate. */
function standardise(looks: readonly Look[]): number[][] {
  const means = meanOf(looks);
  const spreads = Array.from({ length: LOOK_LENGTH }, (_, k) =>
    Math.sqrt(looks.reduce((sum, look) => sum + ((look[k] ?? 0) - (means[k] ?? 0)) ** 2, 0) / looks.length),
  );
  return looks.map((look, i) => [
    ...look.map((value, k) => {
      const spread = spreads[k] ?? 0;
      return spread === 0 ? 0 : ((value - (means[k] ?? 0)) / spread) * (WEIGHTS[k] ?? 1);
    }),
    (i / looks.length) * POSITION_WEIGHT,
  ]);
}

function joinSmall(
  clusters: readonly (readonly number[])[],
  vectors: readonly number[][],
  smallest: number,
): number[][] {
  const kept = clusters.filter((c) => c.length >= smallest).map((c) => [...c]);
  if (kept.length === 0) return [clusters.flat()].filter((c) => c.length > 0);
  const centres = kept.map((c) => meanOf(c.map((i) => vectors[i] ?? [])));
  for (const cluster of clusters.filter((c) => c.length < smallest)) {
    const centre = meanOf(cluster.map((i) => vectors[i] ?? []));
    const distances = centres.map((other) =>
      other.reduce((sum, value, k) => sum + (value - (centre[k] ?? 0)) ** 2, 0),
    );
    kept[distances.indexOf(Math.min(...distances))]?.push(...cluster);
  }
  return kept;
}

function meanOf(vectors: readonly (readonly number[])[]): number[] {
  const length = vectors[0]?.length ?? 0;
  return Array.from(
    { length },
    (_, k) => vectors.reduce((sum, vector) => sum + (vector[k] ?? 0), 0) / vectors.length,
  );
}

/** Lists of the indices that share a component, in order of their first index. */
function gather(component: readonly number[]): number[][] {
  const lists = new Map<number, number[]>();
  component.forEach((c, i) => {
    lists.set(c, [...(lists.get(c) ?? []), i]);
  });
  return [...lists.values()];
}

function nameGroups(fields: readonly Member[], component: readonly number[]): string[] {
  const names = new Map<number, string>();
  const counts = new Map<MaturityStage, number>();
  return component.map((c, i) => {
    const stage = fields[i]?.stage ?? 'Benign';
    const known = names.get(c);
    if (known) return known;
    const number = (counts.get(stage) ?? 0) + 1;
    counts.set(stage, number);
    const name = `${stage}-${String(number).padStart(3, '0')}`;
    names.set(c, name);
    return name;
  });
}
