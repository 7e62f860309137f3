import { costsDigest, MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Donor, Side } from '@blastwise/model';
import { type Evaluation, evaluate } from '@blastwise/model/metrics';
import { Command } from 'commander';
import { type Counterfactuals, describeCopies, evaluateCopies } from '../evaluation/counterfactuals.ts';
import { learnedNote } from '../evaluation/learned-note.ts';
import { selectFields } from '../inputs/fields.ts';
import { readDecidingCosts, requireFolder } from '../inputs/files.ts';
import {
  costsOption,
  dataOption,
  jsonOption,
  modelOption,
  seedOption,
  sideOption,
  splitOption,
} from '../inputs/options.ts';
import { complain, say, sayJson, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  model?: string;
  data: string;
  split?: string;
  side?: Side;
  costs?: string;
  counterfactuals?: true;
  seed: number;
  json?: true;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('score a model on labelled fields, with intervals drawn over look-alike groups')
    .addOption(dataOption())
    .addOption(modelOption())
    .addOption(splitOption())
    .addOption(sideOption())
    .addOption(costsOption())
    .option('--counterfactuals', 'score the recoloured, grey, cell-less and cells-only copies as well')
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      if (options.side && !options.split) throw new UsageError('--side needs --split.');
      await requireFolder(options.data);
      const costs = await readDecidingCosts(options.costs);
      const { seed } = options;
      const { donorOf, learnedFrom, openPredictor, predictRows, STARTER_DIR } = await import(
        '@blastwise/model'
      );
      const predictor = await openPredictor(options.model ?? STARTER_DIR);
      try {
        const fields = await withProgress('Grouping', (progress) =>
          selectFields(options.data, options.split, options.side ?? 'test', progress),
        );
        const donors: Donor[] = [];
        const rows = await withProgress('Predicting', (progress) =>
          predictRows(predictor, fields, progress, (image, { stage }) => {
            if (options.counterfactuals) donors.push(donorOf({ stage, image }));
            return image;
          }),
        );
        const { manifest, digest } = predictor.artifact;
        const learned = learnedFrom(predictor.artifact, fields);
        const result = {
          model: manifest.name,
          ...evaluate(rows, costs, { seed }),
          ...(options.counterfactuals
            ? { counterfactuals: await evaluateCopies({ predictor, fields, donors, costs, seed }) }
            : {}),
          learnedFrom: learned,
          modelDigest: digest,
          costMatrixDigest: await costsDigest(costs),
          notice: RESEARCH_NOTICE,
        };
        if (options.json) sayJson(result);
        else describe(result);
        const note = learnedNote(manifest.name, learned, fields.length);
        if (note) complain(note);
      } finally {
        await predictor.close();
      }
    });
}

function describe(result: Evaluation & { model: string; counterfactuals?: Counterfactuals }): void {
  const { intervals } = result;
  const line = (label: string, name: keyof typeof intervals, value: number | null): string[] => {
    const interval = intervals[name];
    const between = interval ? `${interval.lower.toFixed(4)} - ${interval.upper.toFixed(4)}` : '';
    return [label, value === null ? '-' : value.toFixed(4), between];
  };
  say(`${result.model}: ${result.n} fields in ${result.groups} groups`);
  say(
    table([
      ['', 'value', `${100 * result.level} % interval`],
      line('accuracy', 'accuracy', result.accuracy),
      line('macro F1', 'macroF1', result.macroF1),
      line('kappa', 'kappa', result.kappa),
      line('calibration error', 'ece', result.ece),
      line('average cost', 'averageCost', result.averageCost),
      line('  by expected cost', 'minimumRiskAverageCost', result.minimumRisk.averageCost),
      line('cost-sensitive accuracy', 'costSensitiveAccuracy', result.costSensitiveAccuracy),
      line('malignant called Benign', 'malignantToBenignRate', result.malignantToBenignRate),
    ]),
  );
  say('');
  say(
    table([
      ['truly \\ called', ...MATURITY_STAGES],
      ...MATURITY_STAGES.map((stage, i) => [stage, ...(result.confusion[i] ?? []).map(String)]),
    ]),
  );
  if (result.counterfactuals) describeCopies(result.counterfactuals);
}
