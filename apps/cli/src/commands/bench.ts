import { cpus } from 'node:os';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { EngineName } from '@blastwise/model';
import { Command, Option } from 'commander';
import { type BenchPart, PART_NAMES, PARTS, USUAL_PARTS } from '../bench/parts.ts';
import { type BenchRow, markdown } from '../bench/rows.ts';
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

const MEBIBYTE = 1024;

export function benchCommand(): Command {
  return new Command('bench')
    .description('measure serving and training; every ratio within one run on this machine')
    .addOption(modelOption())
    .option(
      '--url <address>',
      'a running portal, for the time from upload to visible result (default: the one of the demo sign-ins)',
    )
    .addOption(new Option('--demo <file>', 'its demo sign-ins (default: .data/demo.json)').argParser(toPath))
    .addOption(
      new Option('--only <parts...>', `what to measure (default: ${USUAL_PARTS.join(', ')})`).choices(
        PART_NAMES,
      ),
    )
    .addOption(engineOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const { only = USUAL_PARTS } = options;
      const { selectEngine, STARTER_DIR } = await import('@blastwise/model');
      const context = {
        folder: options.model ?? STARTER_DIR,
        engine: (await selectEngine(options.engine)).name,
        url: options.url,
        demo: options.demo,
      };
      const rows = await withProgress('Measuring', async (progress) => {
        const measured: BenchRow[] = [];
        for (const [i, part] of only.entries()) {
          measured.push(...(await PARTS[part](context)));
          progress(i + 1, only.length);
        }
        return measured;
      });
      const [first] = cpus();
      const machine = {
        cores: cpus().length,
        processor: first?.model.trim() ?? 'unknown',
        node: process.version,
        engine: context.engine,
        peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / MEBIBYTE),
      };
      if (options.json) return sayJson({ machine, rows, notice: RESEARCH_NOTICE });
      const { cores, processor, node, engine, peakMemoryMiB } = machine;
      say(
        `${cores} cores, ${processor}, Node ${node}, engine ${engine}, peak memory ${peakMemoryMiB} MiB\n\n${markdown(rows)}`,
      );
    });
}
