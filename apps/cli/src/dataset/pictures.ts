import { readFile } from 'node:fs/promises';
import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import type { InspectedDataset } from '@blastwise/model';

/** A small picture of one field. */
export interface Picture {
  /** `<stage>/<file name>`. */
  path: string;
  /** `data:` address of the picture itself. */
  source: string;
}

export interface Pictures {
  stages: { stage: MaturityStage; pictures: Picture[] }[];
  /** Of the largest look-alike groups of every stage, some fields each. */
  groups: { name: string; fields: number; pictures: Picture[] }[];
  /** Near-duplicates side by side. */
  pairs: { a: Picture; b: Picture; kind: string }[];
}

const SIDE = 112;
const PER_STAGE = 8;
const PAIRS = 12;
const GROUPS_PER_STAGE = 2;
const PER_GROUP = 6;

/** `n` of the items, evenly spaced. */
const spread = (items: readonly number[], n: number): number[] =>
  items.length <= n
    ? [...items]
    : Array.from({ length: n }, (_, k) => items[Math.floor((k * items.length) / n)] ?? 0);

/** The indices at which a group is met first. */
function firstOfGroups(groups: readonly string[]): Set<number> {
  const firsts = new Map<string, number>();
  groups.forEach((name, i) => {
    if (!firsts.has(name)) firsts.set(name, i);
  });
  return new Set(firsts.values());
}

/** The largest groups of several fields, largest first within each stage; members are indices of fields. */
function largestGroups({ fields, groups }: InspectedDataset): { name: string; members: number[] }[] {
  const members = new Map<string, number[]>();
  groups.forEach((name, i) => {
    const own = members.get(name);
    if (own) own.push(i);
    else members.set(name, [i]);
  });
  const several = [...members].flatMap(([name, own]) => (own.length > 1 ? [{ name, members: own }] : []));
  return MATURITY_STAGES.flatMap((stage) =>
    several
      .filter((group) => fields[group.members[0] ?? -1]?.stage === stage)
      .sort((a, b) => b.members.length - a.members.length)
      .slice(0, GROUPS_PER_STAGE),
  );
}

/**
 * Draws fields of every stage, each of another group as far as there are groups, the largest groups, and the first
 * near-duplicates.
 */
export async function drawPictures(dataset: InspectedDataset): Promise<Pictures> {
  const { fields, duplicates, groups } = dataset;
  const { thumbnail } = await import('@blastwise/model');
  const picture = async (index: number): Promise<Picture> => {
    const { path = '', file = '' } = fields[index] ?? {};
    const bytes = await thumbnail(await readFile(file), SIDE);
    return { path, source: `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}` };
  };
  const isFirst = firstOfGroups(groups);
  const stages = await Promise.all(
    MATURITY_STAGES.map(async (stage) => {
      const own = fields.flatMap((field, i) => (field.stage === stage ? [i] : []));
      const firsts = own.filter((i) => isFirst.has(i));
      const chosen = spread(firsts.length < PER_STAGE ? own : firsts, PER_STAGE);
      return { stage, pictures: await Promise.all(chosen.map(picture)) };
    }),
  );
  const largest = await Promise.all(
    largestGroups(dataset).map(async ({ name, members }) => ({
      name,
      fields: members.length,
      pictures: await Promise.all(spread(members, PER_GROUP).map(picture)),
    })),
  );
  const pairs = await Promise.all(
    duplicates.slice(0, PAIRS).map(async ({ a, b, kind }) => {
      const [first, second] = await Promise.all([picture(a), picture(b)]);
      return { a: first, b: second, kind };
    }),
  );
  return { stages: stages.filter(({ pictures }) => pictures.length > 0), groups: largest, pairs };
}
