import {
  canonicalJson,
  LOCKED_TEST_BUDGET,
  LOCKED_TEST_LARGEST_BUDGET,
  type LockedTestImage,
} from '@blastwise/contracts';
import type { LabelledField, LockedImage, Side } from '@blastwise/model';
import { Command, InvalidArgumentError, Option } from 'commander';
import { selectFields } from '../inputs/fields.ts';
import { requireFolder } from '../inputs/files.ts';
import { type KeptPictures, withKeptPictures } from '../inputs/kept-pictures.ts';
import { jsonOption, sideOption, splitOption, toPath, toPositiveInteger } from '../inputs/options.ts';
import { actorOf, askerOf, byOption } from '../installation/asker.ts';
import type { Installation } from '../installation/open.ts';
import { say, sayJson } from '../terminal/print.ts';
import { type Progress, withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  name: string;
  budget: number;
  trainedOn?: string;
  split?: string;
  side?: Side;
  by?: string;
  json?: true;
}

export function testSetCommand(): Command {
  return new Command('test-set').description('locked test sets of images').addCommand(addCommand());
}

function toBudget(value: string): number {
  const budget = toPositiveInteger(value);
  if (budget > LOCKED_TEST_LARGEST_BUDGET)
    throw new InvalidArgumentError(
      `At most ${LOCKED_TEST_LARGEST_BUDGET}: shared by more judgements, no gain could be proven to the gate.`,
    );
  return budget;
}

function addCommand(): Command {
  return new Command('add')
    .description(
      'open a locked test set: labelled images that no model learns from and every model can be judged on',
    )
    .argument('<folder>', 'dataset with one folder per stage', toPath)
    .requiredOption('--name <name>', 'as it stands in the portal')
    .addOption(splitOption())
    .addOption(sideOption())
    .addOption(
      new Option('--budget <number>', 'judgements that it allows')
        .argParser(toBudget)
        .default(LOCKED_TEST_BUDGET),
    )
    .addOption(
      new Option(
        '--trained-on <folder>',
        'images that registered models were trained from: near-duplicates of them are refused, too, also where a model keeps no landmarks',
      )
        .env('BLASTWISE_DATA_FOLDER')
        .argParser(toPath),
    )
    .addOption(byOption())
    .addOption(jsonOption())
    .action(async (folder: string, { name, budget, trainedOn, split, side, by, json }: Options) => {
      if (side && !split) throw new UsageError('--side needs --split.');
      await requireFolder(folder);
      if (trainedOn !== undefined) await requireFolder(trainedOn);
      const asker = await askerOf(by);
      const { sha256 } = await import('@blastwise/model');
      const { withInstallation } = await import('../installation/open.ts');
      const { openLockedTestSet, sealAudit } = await import('@blastwise/db');
      const set = await withKeptPictures(async (pictures) => {
        const fields = await withProgress('Grouping', (progress) =>
          selectFields(folder, split, side ?? 'test', progress, pictures.keep),
        );
        return withInstallation({ existing: true, migrated: true }, async (installation) => {
          const { db, blobs, auditKey } = installation;
          const actor = await actorOf(db, asker);
          await refuseLearnedFields(installation, fields, pictures, trainedOn);
          const images = await withProgress('Storing', (progress) =>
            storeImages(fields, pictures, (bytes) => blobs.put(bytes), progress),
          );
          const opened = await openLockedTestSet(db, {
            ...{ actor, name, budget, images, networkSha256: null },
            origin: 'Images that were opened as a locked test set at the server.',
            contentSha256: sha256(canonicalJson(images)),
            fields: images.length,
            groups: new Set(images.map(({ group }) => group)).size,
          });
          // The product may not be running, and nothing may stay unsealed.
          await sealAudit(db, auditKey);
          return opened;
        });
      });
      const { id, contentSha256, fields: count, groups, used } = set;
      if (json)
        sayJson({ id, name: set.name, contentSha256, fields: count, groups, budget: set.budget, used });
      else
        say(
          `${set.name}: ${count} fields in ${groups} groups, ${set.budget - used} of ${set.budget} uses left.`,
        );
    });
}

/** No registered model may have learned from what it will be judged by (R8). @throws DomainError LEAK_FOUND. */
async function refuseLearnedFields(
  installation: Installation,
  fields: readonly LabelledField[],
  pictures: KeptPictures,
  trainedOn: string | undefined,
): Promise<void> {
  const { refuseLearned } = await import('@blastwise/model');
  const { learnedByModels } = await import('../installation/learned.ts');
  const images = fields.map(({ path, group }): LockedImage => {
    const { fingerprint, sha256 } = pictures.of(path);
    return { name: path, group, sha256, fileSha256: fingerprint.sha256, fingerprint };
  });
  const known = await withProgress('Comparing', (progress) =>
    learnedByModels(installation, trainedOn, progress),
  );
  for (const { model, learned } of known) refuseLearned(model, learned, images);
}

/** Groups by number: names of files and folders may say who somebody is. */
async function storeImages(
  fields: readonly LabelledField[],
  pictures: KeptPictures,
  put: (bytes: Uint8Array) => Promise<string>,
  progress: Progress,
): Promise<LockedTestImage[]> {
  const groups = [...new Set(fields.map(({ group }) => group))];
  const images: LockedTestImage[] = [];
  for (const { path, stage, group } of fields) {
    const { png, fingerprint } = pictures.of(path);
    const place = { stage, group: String(groups.indexOf(group)) };
    images.push({ blobSha256: await put(await png()), fileSha256: fingerprint.sha256, ...place });
    progress(images.length, fields.length);
  }
  return images;
}
