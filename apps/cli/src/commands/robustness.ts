import { costsDigest, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Condition, RobustnessRow, Side } from '@blastwise/model';
import { Command } from 'commander';
import { selectFields } from '../inputs/fields.ts';
import { readDecidingCosts, requireFolder } from '../inputs/files.ts';
import {
  costsOption,
  dataOption,
  jsonOption,
  modelOption,
  sampleOption,
  seedOption,
  sideOption,
  splitOption,
} from '../inputs/options.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  model?: string;
  data: string;
  split?: string;
  side?: Side;
  costs?: string;
  sample?: number;
  seed: number;
  json?: true;
}

export function robustnessCommand(): Command {
  return new Command('robustness')
    .description(
      'score a model on labelled fields whose stain, brightness, sharpness, compression, scale bar, cells or background were changed; a Markdown table, or JSON',
    )
    .addOption(dataOption())
    .addOption(modelOption())
    .addOption(splitOption())
    .addOption(sideOption())
    .addOption(sampleOption())
    .addOption(costsOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      if (options.side && !options.split) throw new UsageError('--side needs --split.');
      await requireFolder(options.data);
      const costs = await readDecidingCosts(options.costs);
      const { seed, data, split, side = 'test' } = options;
      const { CONDITIONS, openPredictor, robustnessTable, sampleOf, scoreUnder, STARTER_DIR } = await import(
        '@blastwise/model'
      );
      const predictor = await openPredictor(options.model ?? STARTER_DIR);
      try {
        const all = await withProgress('Grouping', (progress) => selectFields(data, split, side, progress));
        const fields = sampleOf(all, options.sample, seed);
        const under = (condition: Condition | null): Promise<RobustnessRow> => {
          const label = condition ? `Predicting ${condition.name}` : 'Predicting';
          return withProgress(label, (progress) =>
            scoreUnder(condition, predictor, fields, { costs, seed, progress }),
          );
        };
        const rows = [await under(null)];
        for (const condition of CONDITIONS) rows.push(await under(condition));
        const { manifest, digest } = predictor.artifact;
        if (options.json) {
          const costMatrixDigest = await costsDigest(costs);
          const of = { model: manifest.name, modelDigest: digest, costMatrixDigest };
          sayJson({ ...of, seed, n: fields.length, rows, notice: RESEARCH_NOTICE });
        } else say(robustnessTable(rows));
      } finally {
        await predictor.close();
      }
    });
}
