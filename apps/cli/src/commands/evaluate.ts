import { readFile } from 'node:fs/promises';
import { DomainError, MATURITY_STAGES, RESEARCH_NOTICE, toStageVector } from '@blastwise/contracts';
import type { Predictor, Side } from '@blastwise/model';
import { costsDigest } from '@blastwise/model/costs';
import { type Evaluation, type EvaluationRow, evaluate } from '@blastwise/model/metrics';
import { Command, Option } from 'commander';
import { type LabelledField, selectFields } from '../inputs/fields.ts';
import { readCosts, requireFolder } from '../inputs/files.ts';
import {
  costsOption,
  dataOption,
  jsonOption,
  modelOption,
  seedOption,
  splitOption,
} from '../inputs/options.ts';
import { complain, say, sayJson, table } from '../terminal/print.ts';
import { type Progress, withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  model?: string;
  data: string;
  split?: string;
  side?: Side;
  costs?: string;
  seed: number;
  json?: true;
}

const CHUNK = 8;

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('score a model on labelled fields, with intervals drawn over look-alike groups')
    .addOption(dataOption())
    .addOption(modelOption())
    .addOption(splitOption())
    .addOption(
      new Option('--side <name>', 'side of the split (default: test)').choices([
        'train',
        'validation',
        'test',
      ]),
    )
    .addOption(costsOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      if (options.side && !options.split) throw new UsageError('--side needs --split.');
      await requireFolder(options.data);
      const costs = await readCosts(options.costs);
      const { openPredictor, STARTER_DIR } = await import('@blastwise/model');
      const predictor = await openPredictor(options.model ?? STARTER_DIR);
      try {
        const fields = await withProgress('Grouping', (progress) =>
          selectFields(options.data, options.split, options.side ?? 'test', progress),
        );
        const rows = await withProgress('Predicting', (progress) => predictRows(predictor, fields, progress));
        const { manifest, digest } = predictor.artifact;
        const result = {
          model: manifest.name,
          ...evaluate(rows, costs, { seed: options.seed }),
          modelDigest: digest,
          costMatrixDigest: await costsDigest(costs),
          notice: RESEARCH_NOTICE,
        };
        if (options.json) sayJson(result);
        else describe(result);
      } finally {
        await predictor.close();
      }
    });
}

async function predictRows(
  predictor: Predictor,
  fields: readonly LabelledField[],
  progress: Progress,
): Promise<EvaluationRow[]> {
  const { decodeImage } = await import('@blastwise/model');
  const rows: EvaluationRow[] = [];
  for (let i = 0; i < fields.length; i += CHUNK) {
    const some = fields.slice(i, i + CHUNK);
    const images = await Promise.all(
      some.map(async ({ file, path }) =>
        decodeImage(await readFile(file)).catch((error: unknown) => {
          throw error instanceof DomainError
            ? new DomainError(error.code, `${path}: ${error.message}`)
            : error;
        }),
      ),
    );
    const predictions = await predictor.predict(images);
    for (const [k, { stage, group }] of some.entries()) {
      const analysis = predictions[k]?.analysis;
      if (!analysis) throw new DomainError('INTERNAL', 'The model left a field unanswered.');
      const probabilities = toStageVector(analysis.probabilities);
      rows.push({ actual: stage, probabilities, group, assessable: analysis.assessable });
    }
    progress(rows.length, fields.length);
  }
  return rows;
}

function describe(result: Evaluation & { model: string }): void {
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
  complain(`For ${RESEARCH_NOTICE}.`);
}
