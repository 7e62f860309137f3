import type { Split } from '../../dataset/index.ts';
import { verifySplit } from '../../dataset/index.ts';
import {
  AUGMENTATION_SETS,
  type AugmentationSet,
  type AugmentedCopy,
  type AugmentedField,
  copyOfKind,
  KINDS_OF_SET,
  readAugmentedField,
} from './augmented-copy.ts';
import { drawTrainFields, readDonors } from './donors.ts';

export interface SheetOptions {
  /** Fields of each stage. */
  readonly perStage: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A field of the train side and what the two sets make of it. */
export interface SheetRow {
  readonly field: Pick<AugmentedField, 'path' | 'stage' | 'image'>;
  readonly sets: Readonly<Record<AugmentationSet, readonly AugmentedCopy[]>>;
}

/** The published set has one kind of copy only: it is shown as often as ours has kinds. */
const SHOWN = KINDS_OF_SET.ours.length;

/** Fields of the train side, drawn by the seed, as training would be shown them. @throws what `verifySplit` throws. */
export async function drawSheet(
  directory: string,
  split: Split,
  { perStage, seed, onProgress = () => {} }: SheetOptions,
): Promise<SheetRow[]> {
  const fields = await verifySplit(directory, split, 'train');
  const donors = await readDonors(fields, seed);
  const chosen = drawTrainFields(fields, perStage, seed);
  const rows: SheetRow[] = [];
  for (const file of chosen) {
    const field = await readAugmentedField(file);
    const show = (set: AugmentationSet): Promise<AugmentedCopy[]> =>
      Promise.all(
        Array.from({ length: SHOWN }, (_, i) => {
          const kind = KINDS_OF_SET[set][i % KINDS_OF_SET[set].length] ?? 'plain';
          return copyOfKind(field, donors, kind, { seed, copy: i + 1 });
        }),
      );
    const [published, ours] = await Promise.all(AUGMENTATION_SETS.map(show));
    rows.push({ field, sets: { published: published ?? [], ours: ours ?? [] } });
    onProgress(rows.length, chosen.length);
  }
  return rows;
}
