import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import { Command, Option } from 'commander';
import { replacing, requireFree, requireOwn } from '../inputs/files.ts';
import { forceOption, jsonOption, seedOption, toPath, toPositiveInteger } from '../inputs/options.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

interface Options {
  perStage: number;
  seed: number;
  force?: true;
  json?: true;
}

/** Says what the fields are; by it a folder of drawings is known when it is to be replaced. */
const RECORD = 'generated.json';

export function datasetGenerateCommand(): Command {
  return new Command('generate')
    .description(
      'draw fields that resemble smears, one folder per stage, to try the commands on; no evidence about any model',
    )
    .argument('<folder>', 'folder for the fields', toPath)
    .addOption(
      new Option('--per-stage <number>', 'fields of each stage').argParser(toPositiveInteger).default(20),
    )
    .addOption(seedOption())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (folder: string, { perStage, seed, force, json }: Options) => {
      await requireFree(folder, force);
      await requireOwn(folder, RECORD);
      const fields = await withProgress('Drawing', (progress) =>
        replacing(folder, () => draw(folder, { perStage, seed, progress })),
      );
      if (json) sayJson({ out: folder, fields, perStage, seed, notice: RESEARCH_NOTICE });
      else say(`${fields} drawn fields, ${perStage} a stage, in ${folder}`);
    });
}

async function draw(
  folder: string,
  options: { perStage: number; seed: number; progress: (done: number, of: number) => void },
): Promise<number> {
  const { encodePng } = await import('@blastwise/model');
  const { generateField } = await import('@blastwise/model/generator');
  const { perStage, seed, progress } = options;
  const of = perStage * MATURITY_STAGES.length;
  let done = 0;
  for (const [s, stage] of MATURITY_STAGES.entries()) {
    await mkdir(join(folder, stage), { recursive: true });
    for (let i = 0; i < perStage; i++) {
      // Each field has a seed of its own, also across stages.
      const { image } = generateField({ seed: seed * 1_000_000 + s * 100_000 + i, stage });
      const name = `${stage.toLowerCase()}-${String(i + 1).padStart(3, '0')}.png`;
      await writeFile(join(folder, stage, name), await encodePng(image));
      done += 1;
      progress(done, of);
    }
  }
  await writeFile(
    join(folder, RECORD),
    `${JSON.stringify({ perStage, seed, notice: RESEARCH_NOTICE }, null, 1)}\n`,
  );
  return done;
}
