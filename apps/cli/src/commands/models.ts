import { Command } from 'commander';
import { requireFolder } from '../inputs/files.ts';
import { jsonOption, toPath, toReason } from '../inputs/options.ts';
import { actorOf, askerOf, byOption } from '../installation/asker.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { lockCommand } from './models-lock.ts';
import { testSetCommand } from './models-test-set.ts';

export function modelsCommand(): Command {
  return new Command('models')
    .description('models that the portal knows')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(lockCommand())
    .addCommand(testSetCommand());
}

interface AddOptions {
  reason: string;
  by?: string;
  json?: true;
}

function addCommand(): Command {
  return new Command('add')
    .description('check a model artifact, copy it into the model store and register it as a challenger')
    .argument('<artifact>', 'model artifact', toPath)
    .requiredOption('--reason <text>', 'where the model comes from, for the audit trail', toReason)
    .addOption(byOption())
    .addOption(jsonOption())
    .action(async (folder: string, { reason, by, json }: AddOptions) => {
      await requireFolder(folder);
      const asker = await askerOf(by);
      const { artifactPlots, byPath, learnedImages, loadArtifact, refuseLearned, requirePreprocessing } =
        await import('@blastwise/model');
      const artifact = await loadArtifact(folder);
      requirePreprocessing(artifact);
      const { digest, card, manifest } = artifact;
      const { withInstallation } = await import('../installation/open.ts');
      const { lockedTestFiles, registerModel, sealAudit } = await import('@blastwise/db');
      const { addCopy } = await import('@blastwise/db/model-store');
      const model = await withInstallation({ existing: true, migrated: true }, async (installation) => {
        const { db, models, auditKey } = installation;
        const actor = await actorOf(db, asker);
        refuseLearned(digest.slice(0, 12), learnedImages(artifact, byPath), await lockedTestFiles(db));
        await addCopy(models, folder, digest);
        const plots = artifactPlots(artifact);
        const registered = await registerModel(db, {
          actor,
          digest,
          name: manifest.name,
          card,
          plots,
          manifest,
          reason,
        });
        // The product may not be running, and nothing may stay unsealed.
        await sealAudit(db, auditKey);
        return registered;
      });
      if (json) sayJson({ digest, name: model.name, state: model.state });
      else say(`${model.name} ${digest.slice(0, 12)} is in the model store: ${model.state}.`);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('list the models that are registered, newest first')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: true }) => {
      const { withInstallation } = await import('../installation/open.ts');
      const { listModels } = await import('@blastwise/db');
      const rows = await withInstallation({ existing: true, migrated: true }, async ({ db, models }) => {
        const known = await listModels(db);
        return Promise.all(
          known.map(async ({ digest, name, state, createdAt }) => ({
            ...{ digest, name, state, registered: createdAt.toISOString() },
            stored: await models.has(digest),
          })),
        );
      });
      if (json) sayJson(rows);
      else
        say(
          table([
            ['model', 'digest', 'state', 'in the store', 'registered'],
            ...rows.map(({ name, digest, state, stored, registered }) => [
              ...[name, digest.slice(0, 12), state, stored ? 'yes' : 'no', registered.slice(0, 10)],
            ]),
          ]),
        );
    });
}
