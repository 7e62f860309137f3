import {
  CERTAINTIES,
  type Certainty,
  CONFIRMATIONS,
  type Confirmation,
  type CostTable,
  type CostWeights,
  costWeightsSchema,
  DEFAULT_COST_WEIGHTS,
  MATURITY_STAGES,
  RESEARCH_NOTICE,
  SEVERITIES,
  type Severity,
} from '@blastwise/contracts';
import { type CostProposal, proposeCosts } from '@blastwise/model/costs';
import { Command, Option } from 'commander';
import { asAssignments, type Numbers, toNumbersFor } from '../inputs/assignments.ts';
import { readCorrectionsFile } from '../inputs/corrections.ts';
import { readCosts, warnOfDominance } from '../inputs/files.ts';
import { jsonOption, toNumber, toPath, toPositiveNumber } from '../inputs/options.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { UsageError } from '../usage.ts';

interface Options {
  prior: string;
  active?: string;
  corrections: string;
  severities: Numbers<Severity>;
  certaintyWeights: Numbers<Certainty>;
  confirmationWeights: Numbers<Confirmation>;
  priorStrength: number;
  stepShare: number;
  stepCost: number;
  json?: true;
}

const { severity, certainty, confirmedBy, priorStrength, step } = DEFAULT_COST_WEIGHTS;

export function costsProposeCommand(): Command {
  return new Command('propose')
    .description(
      'propose costs from how harmful experts judged each kind of error, not from how often it occurs',
    )
    .addOption(
      new Option('--prior <file>', 'founding costs.json, rows actual, columns predicted')
        .argParser(toPath)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--active <file>',
        'costs.json in force, from which the proposal steps (default: the prior)',
      ).argParser(toPath),
    )
    .addOption(
      new Option(
        '--corrections <file>',
        'CSV with actual, predicted, severity, certainty and confirmedBy; rows that also name one field judge one error',
      )
        .argParser(toPath)
        .makeOptionMandatory(),
    )
    .addOption(numbersOption('--severities <costs>', 'cost of an error judged so', SEVERITIES, severity))
    .addOption(
      numbersOption(
        '--certainty-weights <weights>',
        'weight of a correction so certain',
        CERTAINTIES,
        certainty,
      ),
    )
    .addOption(
      numbersOption(
        '--confirmation-weights <weights>',
        'factor on the weight of a correction confirmed so',
        CONFIRMATIONS,
        confirmedBy,
      ),
    )
    .addOption(
      new Option('--prior-strength <number>', 'corrections of weight 1 that the prior counts as')
        .argParser(toPositiveNumber)
        .default(priorStrength),
    )
    .addOption(
      new Option('--step-share <share>', 'largest step from the active cost, as a share of it, 0..1')
        .argParser(toNumber)
        .default(step.share),
    )
    .addOption(
      new Option('--step-cost <cost>', 'largest step from the active cost, where that is more')
        .argParser(toNumber)
        .default(step.cost),
    )
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const weights = weightsOf(options);
      const { matrix: prior } = await readCosts(options.prior);
      const { matrix: active } = options.active ? await readCosts(options.active) : { matrix: prior };
      const corrections = await readCorrectionsFile(options.corrections);
      const proposal = proposeCosts({ prior, active, corrections, weights });
      if (options.json) sayJson({ ...proposal, notice: RESEARCH_NOTICE });
      else describe(proposal, active, corrections.length);
      warnOfDominance(proposal.matrix);
    });
}

/** Takes some of the numbers; the others keep their default. */
function numbersOption<Name extends string>(
  flags: string,
  description: string,
  names: readonly Name[],
  defaults: Readonly<Record<Name, number>>,
): Option {
  return new Option(flags, description).argParser(toNumbersFor(names)).default({}, asAssignments(defaults));
}

function weightsOf(options: Options): CostWeights {
  const parsed = costWeightsSchema.safeParse({
    severity: { ...severity, ...options.severities },
    certainty: { ...certainty, ...options.certaintyWeights },
    confirmedBy: { ...confirmedBy, ...options.confirmationWeights },
    priorStrength: options.priorStrength,
    step: { share: options.stepShare, cost: options.stepCost },
  });
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues[0]?.message ?? 'The weights are not valid.');
}

function describe(proposal: CostProposal, active: CostTable, corrections: number): void {
  const { matrix, posterior, intervals, evidence, weights, skipped } = proposal;
  const rows = MATURITY_STAGES.flatMap((actual, a) =>
    MATURITY_STAGES.flatMap((predicted, p) => {
      if (a === p) return [];
      const [lower, upper] = intervals[a]?.[p] ?? [];
      const known = evidence[a]?.[p] ?? 0;
      return [
        [
          `${actual} called ${predicted}`,
          shown(active[a]?.[p]),
          shown(matrix[a]?.[p]),
          shown(posterior[a]?.[p]),
          `${shown(lower)} - ${shown(upper)}`,
          known === 0 ? 'none: kept' : shown(known),
        ],
      ];
    }),
  );
  say(`corrections ${corrections}, of which skipped because the answer was right ${skipped}`);
  say(table([['truly', 'active', 'proposed', 'posterior', '95 % interval', 'evidence'], ...rows]));
  say('');
  say(`severities ${asAssignments(weights.severity)}`);
  say(`certainty ${asAssignments(weights.certainty)}`);
  say(`confirmation ${asAssignments(weights.confirmedBy)}`);
  say(`prior strength ${weights.priorStrength}`);
  say(`step ${asAssignments(weights.step)}`);
}

const shown = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(2));
