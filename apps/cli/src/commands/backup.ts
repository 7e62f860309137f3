import { Command, Option } from 'commander';
import { makeFolderFor, replacing, requireFolder, requireFree, requireOwn } from '../inputs/files.ts';
import { forceOption, jsonOption, toPath } from '../inputs/options.ts';
import { complain, say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

interface Counts {
  tables: Record<string, number>;
  blobs: number;
  models: number;
}

export function backupCommand(): Command {
  return new Command('backup')
    .description(
      'write a consistent copy of the database, its images and models, while the product runs or not',
    )
    .addOption(new Option('--out <folder>', 'folder to write').argParser(toPath).makeOptionMandatory())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async ({ out, force, json }: { out: string; force?: true; json?: true }) => {
      await requireFree(out, force);
      await requireOwn(out, 'backup.json');
      const { withInstallation } = await import('../installation/open.ts');
      const { backup } = await import('@blastwise/db/backup');
      const { sealAudit } = await import('@blastwise/db');
      await withInstallation({ existing: true, migrated: false }, async (installation) => {
        const { ownerUrl, blobs, models, dataDir, db, auditKey } = installation;
        await makeFolderFor(out);
        const saved = await withProgress('Saving', (onProgress) =>
          replacing(out, () => backup(ownerUrl, { folder: out, blobs, models, onProgress })),
        );
        report('Saved', saved, json);
        // The product may not be running, and nothing may stay unsealed.
        await sealAudit(db, auditKey);
        complain(`Keep ${dataDir}/secrets.json apart from it: only its key can verify the audit trail.`);
      });
    });
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('restore a backup into an empty database, every file checked')
    .argument('<folder>', 'what `blastwise backup` wrote', toPath)
    .addOption(jsonOption())
    .action(async (folder: string, { json }: { json?: true }) => {
      await requireFolder(folder);
      const { withInstallation } = await import('../installation/open.ts');
      const { restore } = await import('@blastwise/db/backup');
      const { sealAudit } = await import('@blastwise/db');
      await withInstallation({ existing: false, migrated: false }, async (installation) => {
        const { ownerUrl, blobs, models, appPassword, db, auditKey, auditAnchor, dataDir } = installation;
        const restored = await withProgress('Restoring', (onProgress) =>
          restore(ownerUrl, { folder, blobs, models, appPassword, onProgress }),
        );
        report('Restored', restored, json);
        const aside = await auditAnchor.setAside();
        if (aside)
          complain(`The audit trail may have been longer before; its last entry is noted in ${aside}.`);
        await sealAudit(db, auditKey).catch(() => {
          complain(`Put the secrets.json of the original into ${dataDir}: its audit trail needs that key.`);
        });
      });
    });
}

function report(done: string, counts: Counts, json: true | undefined): void {
  const rows = Object.values(counts.tables).reduce((sum, n) => sum + n, 0);
  if (json) sayJson(counts);
  else
    say(
      `${done} ${rows} rows of ${Object.keys(counts.tables).length} tables, ${counts.blobs} images and ${counts.models} models.`,
    );
}
