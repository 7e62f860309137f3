import {
  RESEARCH_NOTICE,
  TRAINING_KINDS,
  type TrainingKind,
  trainingOptionsSchema,
} from '@blastwise/contracts';
import type { Actor, AnalysisQueue, Queryable, TrainingRow } from '@blastwise/db';
import { Command, Option } from 'commander';
import { jsonOption, seedOption, toId, toPositiveNumber } from '../inputs/options.ts';
import { actorOf, askerOf, byOption } from '../installation/asker.ts';
import { complain, say, sayJson } from '../terminal/print.ts';
import { type Progress, progressBar } from '../terminal/progress.ts';
import { untilAsked } from '../terminal/until-asked.ts';
import { endLines, kindLine, passedOverLines, stepOf } from '../training/words.ts';
import { UsageError } from '../usage.ts';

interface Options {
  reason?: string;
  resume?: string;
  cancel?: string;
  kind: TrainingKind;
  costWeight?: number;
  seed: number;
  by?: string;
  json?: true;
}

type Change = (db: Queryable, queue: AnalysisQueue, actor: Actor) => Promise<TrainingRow>;

/** Options of a new training only. */
const SETTINGS = ['kind', 'costWeight', 'seed'];

const TAKEN_WITHIN_MS = 15_000;

export function retrainCommand(): Command {
  return new Command('retrain')
    .description(
      'retrain the model in service from settled fields, in the inference service of this database; the result does not go into service',
    )
    .option('--reason <text>', 'why, for the audit trail; needed to start one')
    .addOption(
      new Option('--resume <training>', 'go on with one that failed or was cancelled, from its last epoch')
        .argParser(toId)
        .conflicts(['cancel', 'reason', ...SETTINGS]),
    )
    .addOption(
      new Option('--cancel <training>', 'end one that waits or runs')
        .argParser(toId)
        .conflicts(['reason', ...SETTINGS]),
    )
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
    .addOption(byOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const change = changeOf(options);
      const asker = await askerOf(options.by);
      const { withInstallation } = await import('../installation/open.ts');
      const { openAnalysisQueue, sealAudit } = await import('@blastwise/db');
      const { followTraining } = await import('../training/follow.ts');
      const ended = await withInstallation(
        { existing: true, migrated: true },
        async ({ db, appUrl, auditKey }) => {
          const queue = await openAnalysisQueue(appUrl, { work: false });
          const changed = await actorOf(db, asker)
            .then((actor) => change(db, queue, actor))
            .finally(() => queue.stop());
          // The portal, which seals, may not be running: nothing may stay unsealed, neither what was asked nor what came of it.
          await sealAudit(db, auditKey);
          complain(`Training ${changed.id}. ${kindLine(changed)}`);
          for (const line of passedOverLines(changed)) complain(line);
          const bars = trainingBars();
          try {
            const training = await followTraining(db, changed.id, {
              onChange: bars.show,
              signal: untilAsked(),
              takenWithinMs: TAKEN_WITHIN_MS,
            });
            await sealAudit(db, auditKey);
            return training;
          } finally {
            bars.end();
          }
        },
      );
      report(ended, options);
    });
}

/** What is asked of the trainings, its values checked. @throws UsageError. */
function changeOf({ reason = '', kind, costWeight, seed, resume, cancel }: Options): Change {
  const options = trainingOptionsSchema.safeParse({ kind, costWeight: costWeight ?? null, seed });
  if (!options.success)
    throw new UsageError(options.error.issues[0]?.message ?? 'The options are not valid.');
  const why = reason.trim();
  if (resume === undefined && cancel === undefined && why.length < 3)
    throw new UsageError('Give a --reason of at least 3 characters.');
  return async (db, queue, actor) => {
    const { cancelTraining, requestTraining, resumeTraining } = await import('@blastwise/db');
    if (cancel !== undefined) return cancelTraining(db, { actor, id: cancel });
    if (resume !== undefined) return resumeTraining(db, { actor, id: resume, queue });
    return requestTraining(db, { actor, reason: why, options: options.data, queue });
  };
}

function report(training: TrainingRow, { cancel, json }: Options): void {
  const { id, kind, folderFields, state, baseDigest, passedOver, resultDigest } = training;
  const { fields, manifestSha256, outcome, failure } = training;
  const asked = state === 'finished' || (state === 'cancelled' && cancel !== undefined);
  const speak = asked ? say : complain;
  if (json)
    sayJson({
      trainingId: id,
      kind,
      folderFields,
      state,
      baseDigest,
      passedOver,
      modelDigest: resultDigest,
      fields,
      manifestSha256,
      outcome,
      failure,
      notice: RESEARCH_NOTICE,
    });
  if (!json || !asked) for (const line of endLines(training)) speak(line);
  if (!asked && state !== 'running') process.exitCode = 1;
}

/** One bar a phase on a terminal; elsewhere a line when a phase begins, and one for each epoch that is seen. */
function trainingBars() {
  let label: string | null = null;
  let epoch = 0;
  let bar: Progress | null = null;
  return {
    show({ progress, kind, state }: TrainingRow): void {
      // Of one that waits to be resumed, it is of the attempt before.
      if (!progress || state === 'queued') return;
      const step = stepOf(progress, kind);
      if (step.label !== label) {
        bar?.end();
        [label, epoch] = [step.label, 0];
        bar = progressBar(label);
        if (!process.stderr.isTTY) complain(`${label}…`);
      }
      bar?.(step.done, step.of, step.note);
      if (process.stderr.isTTY || step.note === '' || step.done === epoch) return;
      epoch = step.done;
      complain(`${label}, epoch ${step.done} of ${step.of}: ${step.note}`);
    },
    end: () => bar?.end(),
  };
}
