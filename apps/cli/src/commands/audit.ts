import { Command } from 'commander';
import { jsonOption } from '../inputs/options.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

export function auditCommand(): Command {
  return new Command('audit').description('the audit trail').addCommand(auditVerifyCommand());
}

function auditVerifyCommand(): Command {
  return new Command('verify')
    .description('walk the sealed chain of events and name the first fault; status 1 if there is one')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      const { withInstallation } = await import('../installation/open.ts');
      const { verifyAudit } = await import('@blastwise/db');
      const verdict = await withInstallation(
        { existing: true, migrated: false },
        async ({ db, auditKey, auditAnchor }) => {
          const anchor = await auditAnchor.read();
          return withProgress('Verifying', (onProgress) => verifyAudit(db, auditKey, { anchor, onProgress }));
        },
      );
      if (options.json) sayJson(verdict);
      else say(verdict.fault?.sentence ?? `The audit trail is whole: ${verdict.checked} sealed events.`);
      if (!verdict.ok) process.exitCode = 1;
    });
}
