import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import type {
  Grouping,
  InspectedDataset,
  NamedByBackground,
  SegmentedCoverage,
  StageAppearance,
  Surroundings,
} from '@blastwise/model';

/** What is said of a dataset, to people and to machines. */
export interface DatasetSummary {
  fields: number;
  perStage: { stage: MaturityStage; fields: number; groups: number; largestGroup: number }[];
  /** Fields of each size, `<width> x <height>`. */
  sizes: Record<string, number>;
  duplicates: {
    sameBytes: number;
    samePixels: number;
    near: number;
    acrossStages: number;
    pairs: { a: string; b: string; kind: string; turn: string; correlation: number }[];
  };
  groups: number;
  stain: Omit<StageAppearance, 'scaleBar'>[];
  scaleBar: Pick<StageAppearance, 'stage' | 'scaleBar'>[];
  backgroundNamesStage: NamedByBackground | null;
  /** How the fields were grouped. */
  grouping: Grouping;
  /** The fields of each group, by its name. */
  members: Record<string, string[]>;
  /** Of every stage that has fields, where there is a `Segmented/` folder. */
  segmented: readonly SegmentedCoverage[];
}

/** Adds what was found and measured up; `seed` draws the folds of the background classifier. */
export async function summarise(
  { fields, duplicates, groups, grouping }: InspectedDataset,
  surroundings: readonly Surroundings[],
  segmented: readonly SegmentedCoverage[],
  seed: number,
): Promise<DatasetSummary> {
  const { namedByBackground, stageAppearances } = await import('@blastwise/model');
  const appearances = stageAppearances(
    fields.map(({ stage }) => stage),
    surroundings,
  );
  const coloured = fields.map(({ stage }, i) => ({
    stage,
    group: groups[i] ?? '',
    colours: surroundings[i]?.colours ?? new Float32Array(0),
  }));
  const count = (kind: string): number => duplicates.filter((pair) => pair.kind === kind).length;
  return {
    fields: fields.length,
    perStage: MATURITY_STAGES.map((stage) => {
      const own = coloured.filter((field) => field.stage === stage);
      const sizes = [...countsOf(own.map(({ group }) => group)).values()];
      const largestGroup = sizes.reduce((largest, size) => Math.max(largest, size), 0);
      return { stage, fields: own.length, groups: sizes.length, largestGroup };
    }),
    sizes: Object.fromEntries(
      [...countsOf(fields.map(({ width, height }) => `${width} x ${height}`))].sort(),
    ),
    duplicates: {
      sameBytes: count('bytes'),
      samePixels: count('pixels'),
      near: count('near'),
      acrossStages: duplicates.filter(({ a, b }) => fields[a]?.stage !== fields[b]?.stage).length,
      pairs: duplicates.map(({ a, b, kind, turn, correlation }) => ({
        a: fields[a]?.path ?? '',
        b: fields[b]?.path ?? '',
        kind,
        turn,
        correlation,
      })),
    },
    groups: new Set(groups).size,
    grouping,
    members: membersOf(fields, groups),
    stain: appearances.map(({ scaleBar: _scaleBar, ...stain }) => stain),
    scaleBar: appearances.map(({ stage, scaleBar }) => ({ stage, scaleBar })),
    backgroundNamesStage: namedByBackground(coloured, seed),
    segmented,
  };
}

function membersOf(
  fields: InspectedDataset['fields'],
  groups: InspectedDataset['groups'],
): Record<string, string[]> {
  const members = new Map<string, string[]>();
  fields.forEach(({ path }, i) => {
    const name = groups[i] ?? path;
    const own = members.get(name);
    if (own) own.push(path);
    else members.set(name, [path]);
  });
  return Object.fromEntries(members);
}

/** How often each name stands there, in the order of their first. */
function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
