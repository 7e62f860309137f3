import { DomainError, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { ImportOutcome } from '@blastwise/db';
import { Command } from 'commander';
import { jsonOption, toPath, toReason } from '../inputs/options.ts';
import { readReadingsFile, rowSentences } from '../inputs/readings-file.ts';
import { complain, say, sayJson } from '../terminal/print.ts';
import { correctionsExportCommand } from './corrections-export.ts';

interface Options {
  reason: string;
  supersede?: true;
  dryRun?: true;
  json?: true;
}

export function correctionsCommand(): Command {
  return new Command('corrections')
    .description("experts' corrections in this database")
    .addCommand(correctionsImportCommand())
    .addCommand(correctionsExportCommand());
}

function correctionsImportCommand(): Command {
  return new Command('import')
    .description(
      "record corrections that were made elsewhere, under their readers' names, all or none; brought again, they change nothing",
    )
    .argument(
      '<file>',
      'CSV with a column file, sha256 or field, with reader, stage, certainty and confirmedBy, and, where there are any, predicted, severity and comment',
      toPath,
    )
    .requiredOption(
      '--reason <text>',
      'where the corrections come from, for the audit trail; nothing of a patient',
      toReason,
    )
    .option('--supersede', "record also what differs from the same reader's earlier reading, in its place")
    .option('--dry-run', 'check every row and say what would come of it; record nothing')
    .addOption(jsonOption())
    .action(async (file: string, options: Options) => {
      const { reason } = options;
      const readings = await readReadingsFile(file);
      const { withInstallation } = await import('../installation/open.ts');
      const { importReadings, sealAudit } = await import('@blastwise/db');
      const { adjudicate } = await import('@blastwise/model/adjudication');
      const outcome = await withInstallation({ existing: true, migrated: true }, async ({ db, auditKey }) => {
        const done = await importReadings(db, {
          auditKey,
          readings,
          reason,
          adjudicate,
          supersede: options.supersede ?? false,
          rehearse: options.dryRun ?? false,
        });
        // The product may not be running, and nothing may stay unsealed.
        await sealAudit(db, auditKey);
        return done;
      });
      if (outcome.problems.length > 0) throw new DomainError('BAD_INPUT', rowSentences(outcome.problems));
      report(outcome, options);
    });
}

function report({ recorded, known, fields }: ImportOutcome, { dryRun, json }: Options): void {
  if (json) sayJson({ recorded, known, fields, dryRun: dryRun ?? false, notice: RESEARCH_NOTICE });
  else {
    const { adjudicated, disputed, open } = fields;
    const would = dryRun ? ' would be' : '';
    say(`${recorded} correction${recorded === 1 ? '' : 's'}${would} recorded, ${known} known already.`);
    if (recorded > 0)
      say(
        `Their fields${would}: ${adjudicated} settled, ${open} waiting for another reader, ${disputed} for a senior.`,
      );
  }
  if (dryRun) complain('A dry run: nothing was recorded.');
}
