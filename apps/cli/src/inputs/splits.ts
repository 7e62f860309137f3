import { DomainError } from '@blastwise/contracts';
import type { Artifact, OnField, Side, Split, SplitFile } from '@blastwise/model';
import { complain } from '../terminal/print.ts';
import { type Progress, withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

/** Reads the split.json named on the command line; one that cannot be used is bad usage. */
export async function readSplitFile(file: string): Promise<Split> {
  const { readSplit } = await import('@blastwise/model');
  return readSplit(file).catch((error: unknown) => {
    throw error instanceof DomainError ? new UsageError(error.message) : error;
  });
}

/** The split that an artifact was made with. */
export async function ownSplit({ dir, file }: Artifact): Promise<Split> {
  const { parseSplit, SPLIT_FILE } = await import('@blastwise/model');
  const bytes = file(SPLIT_FILE);
  if (!bytes) throw new UsageError(`${dir} holds no split of its own: name one with --split.`);
  return parseSplit(new TextDecoder().decode(bytes), SPLIT_FILE);
}

/** The fields of a split, or of one side, of which `onField` is told: their files are checked, and that no copy lies on another side. */
export async function splitFields(
  data: string,
  split: Split,
  side: Side | undefined,
  progress: Progress,
  onField: OnField = () => {},
): Promise<SplitFile[]> {
  const { verifySplit } = await import('@blastwise/model');
  const fields = await verifySplit(data, split, side);
  const chosen = new Set(fields.map(({ path }) => path));
  await refuseCopies(data, [split], progress, (field, image) =>
    chosen.has(field.path) ? onField(field, image) : undefined,
  );
  return fields;
}

/** Looks at the pictures of splits for copies on two sides: refused, but of a random split counted and said. */
export async function refuseCopies(
  data: string,
  splits: readonly Split[],
  progress: Progress,
  onField?: OnField,
): Promise<void> {
  const { copiesAcrossSides } = await import('@blastwise/model');
  const found = await copiesAcrossSides(data, splits, progress, onField);
  progress.end();
  for (const { leaks, unseen } of found) {
    const [first] = leaks;
    if (first)
      complain(
        `The split is random, and pairs on two sides show the same: ${leaks.length} (${first.a.path} and ${first.b.path} the first). That flatters every figure.`,
      );
    if (unseen > 0)
      complain(
        `Of the split's fields ${unseen} are not in ${data} as they were split: copies of them were not looked for.`,
      );
  }
}

/** Refuses a split, where one is named, that nothing may be trained on. */
export async function requireUsableSplit(data: string, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const split = await readSplitFile(file);
  await withProgress('Comparing', (progress) => splitFields(data, split, undefined, progress));
}
