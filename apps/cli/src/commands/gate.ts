import { DomainError, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Predictor, Side } from '@blastwise/model';
import {
  GATE_RULES,
  type GateResult,
  type GateRules,
  judgeChallenger,
  levelOf,
  pairOutcomes,
} from '@blastwise/model/gate';
import { Command, Option } from 'commander';
import { selectFields } from '../inputs/fields.ts';
import { readDecidingCosts, requireFolder } from '../inputs/files.ts';
import {
  costsOption,
  dataOption,
  jsonOption,
  seedOption,
  sideOption,
  splitOption,
  toPath,
  toPositiveInteger,
  toShare,
} from '../inputs/options.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options extends GateRules {
  champion: string;
  challenger: string;
  data: string;
  split?: string;
  side?: Side;
  costs?: string;
  seed: number;
  json?: true;
}

export function gateCommand(): Command {
  const model = (flags: string, description: string): Option =>
    new Option(flags, description).argParser(toPath).makeOptionMandatory();
  return new Command('gate')
    .description(
      'say whether a challenger may replace the champion: proven cheaper on labelled fields, and missing no more leukemia',
    )
    .addOption(model('--champion <folder>', 'model artifact that serves now'))
    .addOption(model('--challenger <folder>', 'model artifact that would replace it'))
    .addOption(dataOption())
    .addOption(splitOption())
    .addOption(sideOption())
    .addOption(costsOption())
    .addOption(
      new Option('--margin <share>', 'how far the rate of malignant fields called Benign may rise')
        .argParser(toShare)
        .default(GATE_RULES.margin),
    )
    .addOption(
      new Option('--alpha <share>', 'accepted chance of promoting a model that is no better')
        .argParser(toShare)
        .default(GATE_RULES.alpha),
    )
    .addOption(
      new Option('--budget <number>', 'uses of the test set that share alpha')
        .argParser(toPositiveInteger)
        .default(GATE_RULES.budget),
    )
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async ({ champion, challenger, data, split, side, seed, json, ...options }: Options) => {
      if (side && !split) throw new UsageError('--side needs --split.');
      const rules = { alpha: options.alpha, budget: options.budget, margin: options.margin };
      requireRules(rules);
      for (const folder of [champion, challenger, data]) await requireFolder(folder);
      const costs = await readDecidingCosts(options.costs);
      const { predictRowsOf } = await import('@blastwise/model');
      const predictors: Predictor[] = [];
      try {
        predictors.push(await open('champion', champion));
        predictors.push(await open('challenger', challenger));
        const fields = await withProgress('Grouping', (progress) =>
          selectFields(data, split, side ?? 'test', progress),
        );
        const [old = [], young = []] = await withProgress('Predicting', (progress) =>
          predictRowsOf(predictors, fields, progress),
        );
        const result = judgeChallenger(pairOutcomes(old, young, costs), costs, { ...rules, seed });
        if (json) sayJson(toJson(result));
        else describe(result);
      } finally {
        await Promise.all(predictors.map((predictor) => predictor.close()));
      }
    });
}

function requireRules(rules: GateRules): void {
  try {
    levelOf(rules);
  } catch (error) {
    throw error instanceof DomainError ? new UsageError(error.message) : error;
  }
}

/** Opens one of the two models; an error says which. */
async function open(role: string, folder: string): Promise<Predictor> {
  const { openPredictor } = await import('@blastwise/model');
  return openPredictor(folder).catch((error: unknown) => {
    throw error instanceof DomainError
      ? new DomainError(error.code, `The ${role} cannot be opened: ${error.message}`)
      : error;
  });
}

/** The keys that the command promises, and no others. */
function toJson({ promote, verdict, reasons, costDifference, discordantGroups, ...rest }: GateResult) {
  const { champion, challenger, upper, margin } = rest.malignantToBenign;
  const malignantToBenign = { champion, challenger, upper, margin };
  const keys = { promote, verdict, reasons, costDifference, malignantToBenign, discordantGroups };
  return { ...keys, notice: RESEARCH_NOTICE };
}

function describe(result: GateResult): void {
  const { costDifference, malignantToBenign: missed } = result;
  const number = (value: number | null): string => (value === null ? '-' : value.toFixed(4));
  say(`Verdict: ${result.verdict}`);
  for (const reason of result.reasons) say(`- ${reason}`);
  say('');
  say(
    table([
      ['challenger minus champion', 'value', '95 % interval'],
      [
        'cost per field',
        number(costDifference.mean),
        `${number(costDifference.lower)} - ${number(costDifference.upper)}`,
      ],
      ['p value, one-sided', number(costDifference.p), ''],
      ['p value needed', number(result.level), ''],
      ['smallest p value possible', number(result.smallestP), ''],
      ['groups that differ', `${result.discordantGroups} of ${result.groups}`, ''],
      ['smallest gain that is proof', number(result.smallestDetectable), ''],
      ['malignant called Benign, champion', number(missed.champion), ''],
      ['malignant called Benign, challenger', number(missed.challenger), ''],
      ['  largest rise, one-sided', number(missed.upper), ''],
      ['  rise allowed', number(missed.margin), ''],
    ]),
  );
}
