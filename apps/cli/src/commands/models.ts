import type { LockedTestFile } from '@blastwise/db';
import type { LockedImage } from '@blastwise/model';
import { Command } from 'commander';
import { requireFolder } from '../inputs/files.ts';
import { jsonOption, toPath, toReason } from '../inputs/options.ts';
import { actorOf, askerOf, byOption } from '../installation/asker.ts';
import type { Installation } from '../installation/open.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { type Progress, withProgress } from '../terminal/progress.ts';
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
        const { db, models, blobs, auditKey } = installation;
        const actor = await actorOf(db, asker);
        const files = await lockedTestFiles(db);
        const locked = await withProgress('Comparing', (progress) =>
          withFingerprints(files, blobs, progress),
        );
        refuseLearned(digest.slice(0, 12), learnedImages(artifact, byPath), locked);
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

/** The images of locked test sets, with what near-duplicates of them are found by. */
async function withFingerprints(
  files: readonly LockedTestFile[],
  blobs: Installation['blobs'],
  progress: Progress,
): Promise<LockedImage[]> {
  const { fingerprintBytes } = await import('@blastwise/model');
  const images: LockedImage[] = [];
  for (const file of files) {
    images.push({ ...file, fingerprint: await fingerprintBytes(file.name, await blobs.get(file.sha256)) });
    progress(images.length, files.length);
  }
  return images;
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
