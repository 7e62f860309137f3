import { cpus } from 'node:os';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { EngineName } from '@blastwise/model';
import { Command, Option } from 'commander';
import { type MeasuredPart, measureApart, measureHere } from '../bench/measure.ts';
import { type BenchPart, PART_NAMES } from '../bench/parts.ts';
import { markdown, memoryMarkdown } from '../bench/rows.ts';
import { engineOption, jsonOption, modelOption, toPath } from '../inputs/options.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

interface Options {
  model?: string;
  url?: string;
  demo?: string;
  only?: BenchPart[];
  engine: EngineName;
  json?: true;
}

const MEMORY =
  'Largest resident set of each part, measured in a process of its own, the program itself included; memory of a graphics card apart:';

export function benchCommand(): Command {
  return new Command('bench')
    .description('measure serving, training, memory and growth; every ratio within one run on this machine')
    .addOption(modelOption())
    .option(
      '--url <address>',
      'a running portal, for the time from upload to visible result (default: the one of the demo sign-ins)',
    )
    .addOption(new Option('--demo <file>', 'its demo sign-ins (default: .data/demo.json)').argParser(toPath))
    .addOption(
      new Option(
        '--only <parts...>',
        `what to measure (default: all, ten to twenty minutes on two cores; ${PART_NAMES.join(', ')})`,
      ).choices(PART_NAMES),
    )
    .addOption(engineOption())
    .addOption(jsonOption())
    .action(async ({ model, url, demo, only = PART_NAMES, engine, json }: Options) => {
      const { STARTER_DIR } = await import('@blastwise/model');
      const context = { folder: model ?? STARTER_DIR, engine, url, demo };
      const measured = await withProgress('Measuring', async (progress) => {
        const parts: MeasuredPart[] = [];
        for (const [i, part] of only.entries()) {
          parts.push(await (only.length === 1 ? measureHere : measureApart)(part, context));
          progress(i + 1, only.length);
        }
        return parts;
      });
      const rows = measured.flatMap((part) => part.rows);
      const memory = measured.flatMap((part) => part.memory);
      const [first] = cpus();
      const processor = first?.model.trim() ?? 'unknown';
      const machine = { cores: cpus().length, processor, node: process.version };
      if (json) return sayJson({ machine, rows, memory, notice: RESEARCH_NOTICE });
      say(`${machine.cores} cores, ${processor}, Node ${machine.node}\n\n${markdown(rows)}`);
      say(`\n${MEMORY}\n\n${memoryMarkdown(memory)}`);
    });
}
