import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DomainError } from '@blastwise/contracts';
import { refuseLeaks } from './leaks.ts';
import type { Split, SplitField } from './manifest.ts';
import { type FieldFile, scanFields } from './scan.ts';
import type { Side } from './split.ts';

/** A field of a split, found in the folder. */
export type SplitFile = FieldFile & SplitField;

/**
 * Finds the fields of a split in a folder and checks their bytes; of one side only, if `side` is given. Throws
 * `NOT_FOUND` for a missing file, `BAD_INPUT` for another content, and `LEAK_FOUND` for a grouped split that leaks.
 */
export async function verifySplit(directory: string, split: Split, side?: Side): Promise<SplitFile[]> {
  if (split.strategy !== 'random') refuseLeaks(split.fields);
  const present = new Map((await scanFields(directory)).map((field) => [field.path, field]));
  const verified: SplitFile[] = [];
  for (const field of split.fields.filter((f) => side === undefined || f.side === side)) {
    const found = present.get(field.path);
    if (!found) throw new DomainError('NOT_FOUND', `${field.path} is in the split but not in ${directory}.`);
    const digest = createHash('sha256')
      .update(await readFile(found.file))
      .digest('hex');
    if (digest !== field.sha256)
      throw new DomainError(
        'BAD_INPUT',
        `${field.path} is not the file that was split: its content differs.`,
      );
    verified.push({ ...field, file: found.file });
  }
  return verified;
}
