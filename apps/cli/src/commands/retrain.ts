import { TRAINING_KINDS, type TrainingKind, trainingOptionsSchema } from '@blastwise/contracts';
import type { TrainingRow } from '@blastwise/db';
import { Command, Option } from 'commander';
import { jsonOption, seedOption, toPositiveNumber } from '../inputs/options.ts';
import { complain, say, sayJson } from '../terminal/print.ts';
import { type Progress, progressBar } from '../terminal/progress.ts';
import { endLines, kindLine, stepOf } from '../training/words.ts';
import { UsageError } from '../usage.ts';

interface Options {
  reason: string;
  kind: TrainingKind;
  costWeight?: number;
  seed: number;
  json?: true;
}

const TAKEN_WITHIN_MS = 15_000;

export function retrainCommand(): Command {
  return new Command('retrain')
    .description(
      'retrain the model in service from settled fields, in the inference service of this database; the result does not go into service',
    )
    .requiredOption('--reason <text>', 'why, for the audit trail')
    .addOption(
      new Option(
        '--kind <kind>',
        'head: the head alone, from cached features; network: blocks and U-Net too, where the services have the data folder of the model',
      )
        .choices(TRAINING_KINDS)
        .default('head'),
    )
    .addOption(
      new Option(
        '--cost-weight <number>',
        'weight of the expected-cost term in the loss (default: none)',
      ).argParser(toPositiveNumber),
    )
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async ({ reason, kind, costWeight, seed, json }: Options) => {
      const options = trainingOptionsSchema.safeParse({ kind, costWeight: costWeight ?? null, seed });
      if (!options.success)
        throw new UsageError(options.error.issues[0]?.message ?? 'The options are not valid.');
      if (reason.trim().length < 3) throw new UsageError('Give a reason of at least 3 characters.');
      const { withInstallation } = await import('../installation/open.ts');
      const { openAnalysisQueue, requestTraining, sealAudit, SYSTEM } = await import('@blastwise/db');
      const { followTraining } = await import('../training/follow.ts');
      const ended = await withInstallation(
        { existing: true, migrated: true },
        async ({ db, appUrl, auditKey }) => {
          const queue = await openAnalysisQueue(appUrl, { work: false });
          const asked = await requestTraining(db, {
            actor: SYSTEM,
            reason: reason.trim(),
            options: options.data,
            queue,
          }).finally(() => queue.stop());
          // The product may not be running, and nothing may stay unsealed.
          await sealAudit(db, auditKey);
          complain(kindLine(asked));
          const bars = trainingBars();
          try {
            return await followTraining(db, asked.id, {
              onChange: bars.show,
              signal: untilInterrupted(),
              takenWithinMs: TAKEN_WITHIN_MS,
            });
          } finally {
            bars.end();
          }
        },
      );
      report(ended, json);
    });
}

function report(training: TrainingRow, json: true | undefined): void {
  const { id, kind, folderFields, state, baseDigest, resultDigest } = training;
  const { fields, manifestSha256, outcome, failure } = training;
  const speak = state === 'finished' ? say : complain;
  if (json)
    sayJson({
      trainingId: id,
      kind,
      folderFields,
      state,
      baseDigest,
      modelDigest: resultDigest,
      fields,
      manifestSha256,
      outcome,
      failure,
    });
  if (!json || state !== 'finished') for (const line of endLines(training)) speak(line);
  if (state !== 'finished' && state !== 'running') process.exitCode = 1;
}

/** One bar a phase on a terminal; elsewhere a line when a phase begins. */
function trainingBars() {
  let label: string | null = null;
  let bar: Progress | null = null;
  return {
    show({ progress, kind }: TrainingRow): void {
      if (!progress) return;
      const step = stepOf(progress, kind);
      if (step.label !== label) {
        bar?.end();
        label = step.label;
        bar = progressBar(label);
        if (!process.stderr.isTTY) complain(`${label}…`);
      }
      bar?.(step.done, step.of, step.note);
    },
    end: () => bar?.end(),
  };
}

function untilInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  return interrupted.signal;
}
