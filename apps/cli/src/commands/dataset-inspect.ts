import { MATURITY_STAGES } from '@blastwise/contracts';
import type { InspectedDataset } from '@blastwise/model';
import { Command } from 'commander';
import { requireFolder } from '../inputs/files.ts';
import { jsonOption, toPath } from '../inputs/options.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

export function datasetInspectCommand(): Command {
  return new Command('inspect')
    .description('count fields, sizes, duplicates and look-alike groups')
    .argument('<folder>', 'dataset with one folder per stage', toPath)
    .addOption(jsonOption())
    .action(async (folder: string, options: { json?: true }) => {
      await requireFolder(folder);
      const { inspectDataset } = await import('@blastwise/model');
      const dataset = await withProgress('Inspecting', (progress) => inspectDataset(folder, progress));
      const summary = summarise(dataset);
      if (options.json) sayJson(summary);
      else describe(summary);
    });
}

function summarise({ fields, duplicates, groups }: InspectedDataset) {
  const perStage = MATURITY_STAGES.map((stage) => {
    const own = fields.flatMap((field, i) => (field.stage === stage ? [groups[i] ?? ''] : []));
    const sizes = [...new Set(own)].map((name) => own.filter((group) => group === name).length);
    return {
      stage,
      fields: own.length,
      groups: sizes.length,
      largestGroup: Math.max(0, ...sizes),
    };
  });
  const sizes = new Map<string, number>();
  for (const { width, height } of fields) {
    const size = `${width} x ${height}`;
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
  }
  const count = (kind: string): number => duplicates.filter((pair) => pair.kind === kind).length;
  return {
    fields: fields.length,
    perStage,
    sizes: Object.fromEntries([...sizes].sort()),
    duplicates: {
      sameBytes: count('bytes'),
      samePixels: count('pixels'),
      near: count('near'),
      acrossStages: duplicates.filter(({ a, b }) => fields[a]?.stage !== fields[b]?.stage).length,
      pairs: duplicates.map(({ a, b, kind, turn, correlation }) => ({
        a: fields[a]?.path,
        b: fields[b]?.path,
        kind,
        turn,
        correlation,
      })),
    },
    groups: new Set(groups).size,
    stain: null,
    scaleBar: null,
    backgroundNamesStage: null,
  };
}

function describe({ fields, perStage, sizes, duplicates, groups }: ReturnType<typeof summarise>): void {
  say(`${fields} fields in ${groups} look-alike groups`);
  say(
    table([
      ['stage', 'fields', 'groups', 'largest group'],
      ...perStage.map((row) => [row.stage, `${row.fields}`, `${row.groups}`, `${row.largestGroup}`]),
    ]),
  );
  for (const [size, n] of Object.entries(sizes)) say(`${n} of ${size} pixels`);
  say(
    `${duplicates.sameBytes} pairs of equal files, ${duplicates.samePixels} of equal pixels, ` +
      `${duplicates.near} near-duplicates; ${duplicates.acrossStages} pairs across stages`,
  );
}
