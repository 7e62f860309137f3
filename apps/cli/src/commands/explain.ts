import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { ExplanationCheck, Side } from '@blastwise/model';
import { Command } from 'commander';
import { selectFields } from '../inputs/fields.ts';
import { requireFolder } from '../inputs/files.ts';
import {
  dataOption,
  jsonOption,
  modelOption,
  sampleOption,
  seedOption,
  sideOption,
  splitOption,
} from '../inputs/options.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  model?: string;
  data: string;
  split?: string;
  side?: Side;
  sample?: number;
  seed: number;
  json?: true;
}

export function explainCommand(): Command {
  return new Command('explain')
    .description('look into what the explanations of a model are worth')
    .addCommand(checkCommand());
}

function checkCommand(): Command {
  return new Command('check')
    .description(
      'correlate the heatmaps of a model with those of the same model with shuffled weights, and measure how much of the heat lies on white cells',
    )
    .addOption(dataOption())
    .addOption(modelOption())
    .addOption(splitOption())
    .addOption(sideOption())
    .addOption(sampleOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async ({ data, split, side, sample, seed, model, json }: Options) => {
      if (side && !split) throw new UsageError('--side needs --split.');
      await requireFolder(data);
      const { checkExplanations, loadArtifact, readField, sampleOf, STARTER_DIR } = await import(
        '@blastwise/model'
      );
      const artifact = await loadArtifact(model ?? STARTER_DIR);
      const all = await withProgress('Grouping', (progress) =>
        selectFields(data, split, side ?? 'test', progress),
      );
      const fields = sampleOf(all, sample, seed);
      const result = await withProgress('Explaining', (progress) =>
        checkExplanations(
          artifact,
          fields.map((field) => ({ group: field.group, read: () => readField(field) })),
          { seed, progress },
        ),
      );
      const { name } = artifact.manifest;
      if (json)
        sayJson({ model: name, modelDigest: artifact.digest, seed, ...result, notice: RESEARCH_NOTICE });
      else describe(name, result);
    });
}

function describe(model: string, { fields, randomisation, energy }: ExplanationCheck): void {
  const line = (label: string, value: ExplanationCheck['energy']['onCells']): string[] => {
    if (!value) return [label, '-', ''];
    return [label, value.mean.toFixed(3), `${value.lower.toFixed(3)} - ${value.upper.toFixed(3)}`];
  };
  say(`${model}: ${fields} fields`);
  say(
    table([
      ['', 'mean', '95 % interval'],
      line('rank correlation, head shuffled', randomisation.head),
      line('rank correlation, upper blocks shuffled', randomisation.upper),
      line('share of the heat on white cells', energy.onCells),
      line('share of the field that is white cells', energy.cellArea),
    ]),
  );
}
