import { createHash } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError, MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { SPLIT_FILE } from '../../artifact/index.ts';
import { type Split, type SplitField, verifySplit } from '../../dataset/index.ts';
import { encodePng } from '../../images/index.ts';
import { type AugmentationSet, augmentedCopy, readAugmentedField } from './augmented-copy.ts';
import { readDonors } from './donors.ts';
import { planRebalancing } from './plan.ts';

export interface RebalanceOptions {
  readonly set: AugmentationSet;
  readonly seed: number;
  /** Called with files written and files in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Where a copy comes from. */
export interface CopyRecord {
  readonly path: string;
  readonly from: string;
  readonly kind: string;
  /** The field that lent its colours or its background; null where none did. */
  readonly donor: string | null;
  readonly sha256: string;
}

export interface Rebalanced {
  /** Fields of the train side of every stage, and copies made of them. */
  readonly perStage: readonly {
    readonly stage: MaturityStage;
    readonly fields: number;
    readonly copies: number;
  }[];
  readonly copies: readonly CopyRecord[];
}

/**
 * Writes a folder to train on: the split's fields, byte for byte, augmented copies of fields of the train side that bring every
 * stage to the count of the largest, and a split.json that knows both. A copy lies on the train side, in its source's group.
 *
 * @throws DomainError BAD_INPUT where a stage has no field on the train side, or a copy's place is taken; what `verifySplit` throws.
 */
export async function writeRebalanced(
  directory: string,
  split: Split,
  out: string,
  { set, seed, onProgress = () => {} }: RebalanceOptions,
): Promise<Rebalanced> {
  if (split.strategy === 'kfold')
    throw new DomainError(
      'BAD_INPUT',
      'A split of folds cannot be rebalanced: every field is once on its test side.',
    );
  const fields = await verifySplit(directory, split);
  const planned = planRebalancing(fields, set, seed);
  const taken = new Set(fields.map(({ path }) => path));
  for (const { path } of planned)
    if (taken.has(path))
      throw new DomainError('BAD_INPUT', `${path} exists already: augment the folder it was made from.`);
  let done = 0;
  const step = (): void => onProgress(++done, fields.length + planned.length);
  for (const { path, file } of fields) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await copyFile(file, join(out, path));
    step();
  }
  const donors = set === 'ours' ? await readDonors(fields, seed) : [];
  const copies: CopyRecord[] = [];
  const added: SplitField[] = [];
  for (const { source, copy, path } of planned) {
    const made = await augmentedCopy(await readAugmentedField(source), donors, set, { seed, copy });
    const bytes = await encodePng(made.image);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(out, path), bytes);
    copies.push({ path, from: source.path, kind: made.kind, donor: made.donor, sha256 });
    added.push({ path, stage: source.stage, side: 'train', group: source.group, sha256 });
    step();
  }
  const own = split.fields.map(({ path, stage, side, group, sha256 }) => ({
    path,
    stage,
    side,
    group,
    sha256,
  }));
  await writeFile(
    join(out, SPLIT_FILE),
    `${JSON.stringify({ ...split, fields: [...own, ...added] }, null, 1)}\n`,
  );
  const perStage = MATURITY_STAGES.map((stage) => ({
    stage,
    fields: fields.filter((field) => field.side === 'train' && field.stage === stage).length,
    copies: added.filter((field) => field.stage === stage).length,
  }));
  return { perStage, copies };
}
