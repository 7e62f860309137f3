import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { type FieldFile, scanFields } from '../dataset/index.ts';
import { decodeImage, encodeAs, isLossless, type RgbImage } from '../images/index.ts';
import { type CounterfactualKind, counterfactualCopy, donorOf } from './copy.ts';
import type { Donor } from './make-view.ts';

export interface CopyOptions {
  readonly kind: CounterfactualKind;
  readonly seed: number;
  /** Dataset folder whose backgrounds recoloured copies take; no other kind reads it. */
  readonly donors?: string;
  /** Called with files done and files in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface CopiesMade {
  readonly fields: number;
  /** Copies whose name asks for JPEG: their pixels differ by a few levels from those made. */
  readonly lossy: number;
}

/** Background colours of fields; `onField` is called after each. */
async function readDonors(fields: readonly FieldFile[], onField: () => void): Promise<Donor[]> {
  const donors: Donor[] = [];
  for (const field of fields) {
    donors.push(donorOf({ stage: field.stage, image: await readField(field) }));
    onField();
  }
  return donors;
}

/**
 * Writes the counterfactual copy of every field of `directory` to `out`, one folder per stage, under the field's own
 * name and in the format of that name.
 *
 * @throws DomainError BAD_INPUT for a folder without fields, or when recoloured copies lack donors of another stage;
 * the error of the first file that is no readable image, naming it.
 */
export async function writeCopies(
  directory: string,
  out: string,
  { kind, seed, donors: lenders, onProgress = () => {} }: CopyOptions,
): Promise<CopiesMade> {
  const fields = await scanFields(directory);
  const lending = kind === 'recoloured' && lenders !== undefined ? await scanFields(lenders) : [];
  let done = 0;
  const step = (): void => onProgress(++done, fields.length + lending.length);
  const donors = await readDonors(lending, step);
  for (const field of fields) {
    const { path, stage } = field;
    const copy = counterfactualCopy({ path, stage, image: await readField(field) }, donors, { kind, seed });
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), await encodeAs(copy, path));
    step();
  }
  return { fields: fields.length, lossy: fields.filter(({ path }) => !isLossless(path)).length };
}

async function readField({ file, path }: FieldFile): Promise<RgbImage> {
  return decodeImage(await readFile(file)).catch((cause: unknown) => {
    throw cause instanceof DomainError
      ? new DomainError(cause.code, `${path}: ${cause.message}`, { cause })
      : cause;
  });
}
