import { DomainError } from '@blastwise/contracts';
import { Command, Option } from 'commander';
import { requireFolder } from '../inputs/files.ts';
import { dataOption, jsonOption, toPath } from '../inputs/options.ts';
import { ownSplit, readSplitFile, splitFields } from '../inputs/splits.ts';
import { complain, say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

interface Options {
  data: string;
  split?: string;
  json?: true;
}

export function lockCommand(): Command {
  return new Command('lock')
    .description(
      "compute what a model's network sees in the test side of its data and keep it in its artifact (locked-test.safetensors), so that retrained heads can be judged without images, and landmarks of all its fields (landmarks.safetensors), so that copies of them are known without images; the model stays as it is",
    )
    .argument('<artifact>', 'model artifact', toPath)
    .addOption(dataOption())
    .addOption(new Option('--split <file>', "split.json (default: the artifact's own)").argParser(toPath))
    .addOption(jsonOption())
    .action(async (folder: string, { data, split: file, json }: Options) => {
      await requireFolder(folder);
      await requireFolder(data);
      const named = file === undefined ? undefined : await readSplitFile(file);
      const { attachMarks, learnedFrom, loadArtifact, LOCKED_TEST_FILE, lockTest, MARKS_FILE } = await import(
        '@blastwise/model'
      );
      const artifact = await loadArtifact(folder);
      const split = named ?? (await ownSplit(artifact));
      const fields = await withProgress('Comparing', (progress) =>
        splitFields(data, split, 'test', progress),
      );
      const learned = learnedFrom(artifact, fields);
      if (learned)
        throw new DomainError(
          'LEAK_FOUND',
          `The model has learned from ${learned} of these ${fields.length} fields, so they are no test of it: give a split whose test side it never saw.`,
        );
      const locked = await withProgress('Locking', (progress) => lockTest(folder, fields, progress));
      const marked = await withProgress('Marking', (progress) => attachMarks(folder, data, fields, progress));
      if (marked.missing > 0)
        complain(
          `Of the model's own fields ${marked.missing} are not in ${data} as they were split: copies of them are known by their files alone.`,
        );
      const { contentSha256, networkSha256, fields: count, groups } = locked;
      if (json)
        sayJson({ out: folder, contentSha256, networkSha256, fields: count, groups, marked: marked.fields });
      else
        say(
          `${folder}: ${LOCKED_TEST_FILE} of ${count} fields in ${groups} groups, ${MARKS_FILE} of ${marked.fields} fields.`,
        );
    });
}
