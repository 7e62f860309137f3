import type { LabelledField, Side } from '@blastwise/model';
import type { Progress } from '../terminal/progress.ts';
import { readSplitFile } from './splits.ts';

/**
 * The fields to evaluate: one side of a split, whose files and groups are checked, or the whole folder, whose
 * look-alike groups are found first.
 */
export async function selectFields(
  data: string,
  splitFile: string | undefined,
  side: Side,
  progress: Progress,
): Promise<LabelledField[]> {
  const { inspectDataset, verifySplit } = await import('@blastwise/model');
  if (splitFile === undefined) {
    const { fields, groups } = await inspectDataset(data, progress);
    return fields.map(({ path, file, stage }, i) => ({ path, file, stage, group: groups[i] ?? path }));
  }
  return verifySplit(data, await readSplitFile(splitFile), side);
}
