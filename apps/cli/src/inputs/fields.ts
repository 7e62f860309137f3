import type { LabelledField, OnField, Side } from '@blastwise/model';
import type { Progress } from '../terminal/progress.ts';
import { readSplitFile, splitFields } from './splits.ts';

/** A field to evaluate, with the SHA-256 of its file. */
export interface EvaluatedField extends LabelledField {
  readonly sha256: string;
}

/**
 * The fields to evaluate: one side of a split, whose files, groups and pictures are checked, or the whole folder, whose
 * look-alike groups are found first. `onField` is told of each while its pixels are there.
 */
export async function selectFields(
  data: string,
  splitFile: string | undefined,
  side: Side,
  progress: Progress,
  onField?: OnField,
): Promise<EvaluatedField[]> {
  if (splitFile !== undefined)
    return splitFields(data, await readSplitFile(splitFile), side, progress, onField);
  const { inspectDataset } = await import('@blastwise/model');
  const { fields, groups } = await inspectDataset(data, progress, undefined, onField);
  return fields.map(({ path, file, stage, sha256 }, i) => ({
    ...{ path, file, stage, sha256 },
    group: groups[i] ?? path,
  }));
}
